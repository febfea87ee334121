"""The site's own Python: its handler modules, and the functions in them that events and timers call."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

from livepages.schema.code.fingerprint import fingerprint_of
from livepages.schema.code.site_finder import SiteFinder

GIVEN: Mapping[str, str] = MappingProxyType(
    {
        "page": 'The live page: `page["id"]` is an element, `page.state.votes["tea"] += 1` writes its state.',
        "element": "The element of the event.",
        "shared": 'The shared elements: `shared["id"]`.',
        "value": "What the field of the event holds; of a submitted form its fields, as a mapping by their names.",
        "event": "The event, such as `event.type` and `event.key`.",
        "params": "The page's parameters: `params.name`.",
        "tab": "The tab of the event, and no other: `tab.toast(text)`.",
        "session": "The visitor's browser: `session.state.name`, `session.data`.",
        "site": "The site: `site.state.messages`, `site.run_task(coroutine)`.",
    }
)
"""What handlers can ask for by naming a parameter."""

EVENT_NAMES = frozenset(GIVEN)
"""What the handler of an element's event can ask for; `with` adds to it."""
PAGE_EVENT_NAMES = frozenset("page shared session site tab params".split())
"""What a handler can ask for that is called when a tab opens or closes a page."""
DOCUMENT_NAMES = frozenset("page element shared value site params".split())
"""What the handler of a document's `change` can ask for: who has written is none of the page's tabs."""
SHARED_DOCUMENT_NAMES = frozenset("element shared value site".split())
"""The same where the element is a shared one, which is on any number of pages."""
PAGE_TIMER_NAMES = frozenset("page shared site params".split())
"""What a handler can ask for that a page's `every` or `startup` calls."""
SITE_NAMES = frozenset("shared site".split())
"""What a handler can ask for that the site's `every` or `startup` calls."""


@dataclass(frozen=True)
class Handler:
    """A function of the site, with what its parameters ask for.

    `fingerprint` changes when the function's own code does, and with nothing else.
    """

    name: str
    function: Callable[..., Any]
    fingerprint: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        # At once: default values may change while the function is at work.
        object.__setattr__(self, "fingerprint", fingerprint_of(self.function))

    @cached_property
    def is_async(self) -> bool:
        """Whether calling it gives a coroutine."""
        return inspect.iscoroutinefunction(self.function)

    @cached_property
    def signature(self) -> inspect.Signature:
        """Its parameters."""
        return inspect.signature(self.function)

    @cached_property
    def asks(self) -> tuple[str, ...]:
        """The names of the parameters that can be given by name, in order."""
        kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
        return tuple(name for name, parameter in self.signature.parameters.items() if parameter.kind in kinds)

    @cached_property
    def takes_any(self) -> bool:
        """Whether it takes names that it does not list (`**kwargs`)."""
        return any(p.kind is inspect.Parameter.VAR_KEYWORD for p in self.signature.parameters.values())

    def mistakes(self, given: frozenset[str], extra: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
        """Parameters that can't be given where it is used: pairs of the name and a sentence.

        `given` are the names that the place gives, `extra` those of its `with`, which the handler must take.
        """
        for name, parameter in self.signature.parameters.items():
            if parameter.kind is inspect.Parameter.POSITIONAL_ONLY:
                yield name, f'The handler "{self.name}" takes "{name}" by position only, and is called by names'
            elif name in self.asks and name not in given | extra and parameter.default is inspect.Parameter.empty:
                yield name, f'The handler "{self.name}" asks for "{name}", which can\'t be given here'
        for name in sorted(extra - frozenset(self.asks)):
            if not self.takes_any:
                yield name, f'The handler "{self.name}" has no parameter "{name}" for what `with` gives'


class Handlers(Mapping[str, Handler]):
    """The handlers of a site by the names that its file uses.

    Functions of a single module go by their bare names, those of several modules by `module.function`.
    `finder` has imported the modules, and all of the site's that they import; None for modules made elsewhere.
    """

    def __init__(self, modules: Mapping[str, ModuleType], finder: SiteFinder | None = None) -> None:
        self.modules = MappingProxyType(dict(modules))
        self.finder = finder
        bare = len(modules) == 1
        self._handlers = {
            name if bare else f"{stem}.{name}": Handler(name if bare else f"{stem}.{name}", function)
            for stem, module in modules.items()
            for name, function in vars(module).items()
            if inspect.isfunction(function) and not name.startswith("_")
        }

    def __getitem__(self, name: str) -> Handler:
        return self._handlers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._handlers)

    def __len__(self) -> int:
        return len(self._handlers)

    def __contains__(self, name: object) -> bool:
        return name in self._handlers


def own_traceback(error: BaseException, folder: Path) -> str:
    """The traceback of `error` without the frames of files outside `folder`, and with paths relative to it."""
    report = traceback.TracebackException.from_exception(error)
    report.stack = traceback.StackSummary.from_list([frame for frame in report.stack if _is_own(frame, folder)])
    return "".join(report.format(chain=False)).replace(f"{folder}/", "").rstrip()


def _is_own(frame: traceback.FrameSummary, folder: Path) -> bool:
    """Whether a frame is in a file of the site, and not in a package that is installed in its folder."""
    path = Path(frame.filename)
    return path.is_relative_to(folder) and "site-packages" not in path.parts
