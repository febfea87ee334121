"""Tailwind's own compiler, run in Python: class names in, CSS out."""

import functools
import re
from collections.abc import Iterable
from importlib.resources import files
from typing import NamedTuple

from livepages.styles import opacity, vendor
from livepages.styles.script import Script, ScriptError

# Tailwind keeps its variables' defaults for browsers without @property in "properties". Preflight has a layer of its
# own below base, so that base.css may use selectors without specificity.
LAYERS = "@layer properties,theme,preflight,base,components,utilities;"
_FIXED = ("@layer preflight", "@layer base")
_GLUE = """
var $compiler;
async function start(css) { $compiler = await tailwindcss.compile(css); }
function build(candidates) { return $compiler.build(candidates); }
"""
_BLOCK = re.compile(r"^(?:\S[^\n]*;|\S[^\n]*\{\n.*?^\}|\S[^\n]*\{\}|/\*!.*?\*/)$", re.MULTILINE | re.DOTALL)
_LITERAL = re.compile(r"""["'\\]|url\(""", re.IGNORECASE)
_ZERO = re.compile(r"(?<=[\s:,(-])0\.(?=\d)")
_DECLARATION = re.compile(r"^(-*[a-zA-Z][\w-]*): ")


class Compiled(NamedTuple):
    """A site's CSS: what stays the same whatever its classes are, and what grows with them; both minified."""

    fixed: str
    growing: str


class Tailwind:
    """One site's compiler. It remembers the candidates it was given: each build is of all of them.

    Args:
        base: whether elements without classes get the look of base.css; otherwise they have preflight's bare one.
    """

    def __init__(self, *, base: bool = True) -> None:
        self._entry = entry(base=base)
        self._candidates: list[str] = []
        self._built = ("", Compiled("", ""))
        self._script = self._start()

    def build(self, candidates: Iterable[str] = ()) -> Compiled:
        """The CSS of these candidates and all earlier ones; those that are not Tailwind's make none.

        A candidate at which the compiler fails is left out.

        Raises:
            ScriptError: the compiler fails with no new candidate at all.
        """
        new = list(candidates)
        try:
            css = self._script.call("build", new)
        except ScriptError:
            return self._without_culprits(new)
        self._candidates += new
        if css != self._built[0]:
            self._built = (css, compiled(css))
        return self._built[1]

    def memory(self) -> int:
        """What the compiler holds, in bytes."""
        return self._script.memory()

    def _without_culprits(self, new: list[str]) -> Compiled:
        # A failed build leaves the compiler in an unknown state, so each try is made on a new one.
        self._script = self._start()
        if len(new) > 1:
            middle = len(new) // 2
            self.build(new[:middle])
            return self.build(new[middle:])
        return compiled(self._script.call("build", self._candidates))

    def _start(self) -> Script:
        script = Script(vendor.read("tailwindcss.min.js") + _GLUE)
        script.call("start", self._entry)
        if self._candidates:
            script.call("build", self._candidates)
        return script


@functools.cache
def entry(*, base: bool) -> str:
    """The style sheet that Tailwind compiles for every site."""
    own = files("livepages.styles")
    parts = [
        LAYERS,
        "@layer theme {" + vendor.read("tailwindcss.theme.css") + "}",
        "@layer preflight {" + vendor.read("tailwindcss.preflight.css") + "}",
        own.joinpath("tailwind1.css").read_text("utf-8"),
        own.joinpath("base.css").read_text("utf-8") if base else "",
        "@layer utilities { @tailwind utilities; }",
    ]
    return "\n".join(parts)


def compiled(css: str) -> Compiled:
    """Tailwind's output, which has one declaration a line and top-level blocks at column 0, in its two parts."""
    blocks: list[str] = _BLOCK.findall(css)
    fixed = [block for block in blocks if block.startswith(_FIXED)]
    growing = [block for block in blocks if not block.startswith(_FIXED)]
    return Compiled(minified("\n".join(fixed)), minified(opacity.heeded("\n".join(growing) + "\n")))


def minified(css: str) -> str:
    """CSS of one declaration a line, without its indentation, line ends and other needless spaces.

    Nothing is touched inside of a line that has a quote or an address in it.
    """
    lines = [_line(line.strip()) for line in css.splitlines() if line.strip()]
    text = "\n".join(lines).replace(";\n}", "}")
    return re.sub(r"([{};,])\n", r"\1", text).replace("\n", " ")


def _line(line: str) -> str:
    line = _DECLARATION.sub(r"\1:", line)
    if line.endswith(" {"):
        line = line.removesuffix(" {") + "{"
    return line if _LITERAL.search(line) else _ZERO.sub(".", line.replace(", ", ","))
