import re
from typing import cast

import pytest

from livepages.styles.tailwind import LAYERS, Tailwind, compiled, minified

# Every family of Tailwind 1.9.6's classes that Tailwind 4 does not have, found by compiling all 2,203 of them.
TAILWIND_1 = {
    "flex-no-wrap": "flex-wrap:nowrap",
    "whitespace-no-wrap": "white-space:nowrap",
    "font-hairline": "--tw-font-weight:100;font-weight:100",
    "scrolling-auto": "-webkit-overflow-scrolling:auto",
    "scrolling-touch": "-webkit-overflow-scrolling:touch",
    "col-gap-4": "column-gap:calc(var(--spacing) * 4)",
    "col-gap-px": "column-gap:1px",
    "row-gap-4": "row-gap:calc(var(--spacing) * 4)",
    "row-gap-px": "row-gap:1px",
    "bg-opacity-75": "--tw-bg-opacity:calc(75 * 1%)",
    "text-opacity-75": "--tw-text-opacity:calc(75 * 1%)",
    "border-opacity-75": "--tw-border-opacity:calc(75 * 1%)",
    "ring-opacity-75": "--tw-ring-opacity:calc(75 * 1%)",
    "flex-shrink": "flex-shrink:1",
    "flex-shrink-0": "flex-shrink:0",
    "flex-grow": "flex-grow:1",
    "flex-grow-0": "flex-grow:0",
    "overflow-ellipsis": "text-overflow:ellipsis",
    "max-w-screen-md": "max-width:var(--breakpoint-md)",
}
TUTORIAL = """
text-5xl m-1 p-1 bg-gray-300 font-mono m-2 bg-gray-200 appearance-none border-2 border-gray-200 rounded py-2
px-4 text-gray-700 focus:outline-none focus:bg-white focus:border-red-500 p-2 text-red-700 bg-white hover:bg-red-200
hover:text-red-500 border ml-4 text-lg bg-red-500 text-white overflow-auto rounded-lg h-1/2 bg-red-100 border-l-4
border-red-500 p-4 text-3xl text-2xl text-sm text-green-600 flex text-xs ml-2 flex-shrink-0 flex-col h-screen
inline-block ml-1 mt-1 text-center m-4 text-6xl text-red-600 bg-blue-500 text-red-500"""


@pytest.fixture(scope="module")
def tailwind() -> Tailwind:
    return Tailwind()


def rule(css: str, name: str) -> str:
    """The body of the rule of a plain class."""
    found = re.search(r"\." + re.escape(re.sub(r"([:/])", r"\\\1", name)) + r"\{(.*?)\}", css)
    assert found, f"no CSS for {name}"
    return found[1]


def test_utilities_are_compiled(tailwind: Tailwind) -> None:
    css = tailwind.build(["p-4", "bg-red-500", "hover:flex"]).growing
    assert rule(css, "p-4") == "padding:calc(var(--spacing) * 4)"
    assert rule(css, "bg-red-500") == "background-color:var(--color-red-500)"
    assert "@media (hover: hover){.hover\\:flex:hover{display:flex}}" in css
    assert "--color-red-500:oklch(63.7% .237 25.331)" in css


def test_builds_are_cumulative(tailwind: Tailwind) -> None:
    tailwind.build(["m-7"])
    assert "margin:calc(var(--spacing) * 7)" in tailwind.build(["m-8"]).growing


def test_names_that_are_not_tailwinds_make_no_css(tailwind: Tailwind) -> None:
    before = tailwind.build()
    assert tailwind.build(["no-such-class", "Hello,", "", "{}", "[color:red;}body{display:none}]"]) == before


def test_fixed_part_does_not_depend_on_the_classes() -> None:
    tailwind = Tailwind()
    before, after = tailwind.build(), tailwind.build(["p-4", "shadow"])
    assert before.fixed == after.fixed
    assert before.fixed.startswith("@layer preflight{")
    assert before.growing.startswith("/*! tailwindcss v4") and LAYERS in before.growing
    assert "@layer base" not in after.growing and "@layer utilities{.p-4{" in after.growing


def test_base_is_optional_and_small() -> None:
    with_base, without = Tailwind().build(), Tailwind(base=False).build()
    assert ":where(h1){font-size:1.875rem}" in with_base.fixed
    assert ":where(h1)" not in without.fixed
    assert len(with_base.fixed) - len(without.fixed) < 4096


def test_border_is_light_grey_by_default() -> None:
    assert "::file-selector-button{border-color:var(--color-gray-200)}" in Tailwind(base=False).build().fixed


@pytest.mark.parametrize("name", TAILWIND_1)
def test_name_of_tailwind_1(tailwind: Tailwind, name: str) -> None:
    assert rule(tailwind.build([name]).growing, name) == TAILWIND_1[name]


def test_names_of_tailwind_1_for_other_elements(tailwind: Tailwind) -> None:
    names = ["clearfix", "divide-opacity-50", "placeholder-opacity-50", "placeholder-red-500", "shadow-outline"]
    css = tailwind.build(names).growing
    assert '.clearfix::after{content:"";display:table;clear:both}' in css
    assert ":where(.divide-opacity-50 > :not(:last-child)){--tw-border-opacity:calc(50 * 1%)}" in css
    assert ".placeholder-opacity-50::placeholder{--tw-text-opacity:calc(50 * 1%)}" in css
    assert ".placeholder-red-500::placeholder{color:" in css
    assert "--tw-shadow:0 0 0 3px var(--tw-shadow-color,rgb(66 153 225 / .5))" in css


def test_every_class_of_the_tutorial_has_css(tailwind: Tailwind) -> None:
    names = TUTORIAL.split()
    css = tailwind.build(names).growing
    assert [name for name in names if "." + re.sub(r"([:/])", r"\\\1", name) not in css] == []


def test_compiler_that_fails_is_started_anew_without_the_culprit() -> None:
    tailwind = Tailwind()
    tailwind.build(["p-1"])
    css = tailwind.build(["p-2", cast(str, None), "p-3"]).growing
    assert all(f".p-{n}{{" in css for n in (1, 2, 3))
    assert ".p-4{" in tailwind.build(["p-4"]).growing


def test_minified_keeps_strings_and_selectors() -> None:
    css = """@layer x {
  .a > .b, .c {
    content: ", 0.5 {";
    margin: 0.5rem 0 10.5px;
    font-family: A, B,
    C;
  }
  .p-0\\.5, .d {
    color: red;
  }
}
"""
    assert minified(css) == (
        '@layer x{.a > .b,.c{content:", 0.5 {";margin:.5rem 0 10.5px;font-family:A,B,C}.p-0\\.5, .d{color:red}}'
    )


def test_compiled_splits_blocks() -> None:
    css = "@layer a, b;\n@layer base {\n  p {\n    x: y;\n  }\n}\n@layer utilities {\n  .p {\n    x: z;\n  }\n}\n"
    assert compiled(css) == ("@layer base{p{x:y}}", "@layer a,b;@layer utilities{.p{x:z}}")
