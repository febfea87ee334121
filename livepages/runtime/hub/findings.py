"""What is wrong with a site now, told to the tabs of those who develop it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Final

from livepages.runtime.hub.editor_links import Editor
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.rooms.tab import Tab
from livepages.runtime.tasks.calls import Failure
from livepages.runtime.wire.wire import Error, Faults, Finding, Problems, encode
from livepages.schema.findings.diagnostics import Diagnostic, Diagnostics
from livepages.schema.findings.reports import diagnostic_segments, summary
from livepages.schema.findings.snippet import printable

VAGUE: Final = "Something went wrong on the server."
"""What is said of a failure to those who do not develop the site."""
NO_PROBLEMS: Final = Problems("", [])


class Findings:
    """Tells tabs what is wrong: with the site's files, with handlers that fail, with expressions that have no value.

    Without `development` nobody is told more than that something failed. `folder` is the site's.
    """

    def __init__(self, development: bool = False, folder: Path = Path(), editor: Editor | None = None) -> None:
        self.development = development
        self._folder = folder
        self._editor = editor or (Editor.of_environment() if development else Editor())
        self._problems: Problems | None = None

    # The site's files

    def tell(self, diagnostics: Diagnostics | None, tabs: Iterable[Tab]) -> None:
        """The site was read again: with errors, which keep it as it was, or without."""
        if not self.development:
            return
        has_errors = diagnostics is not None and diagnostics.has_errors
        self._problems = self._problems_of(diagnostics) if diagnostics is not None and has_errors else NO_PROBLEMS
        for tab in tabs:
            tab.send(self._problems)

    def _problems_of(self, diagnostics: Diagnostics) -> Problems:
        files = {
            found.position.source.name if found.position else "The site"
            for found in diagnostics.all()
            if found.severity == "error"
        }
        what = printable(PurePath(files.pop()).name) if len(files) == 1 else "The site"
        return Problems(
            f"{what} can't be loaded: {summary(diagnostics)}", [self._finding(each) for each in diagnostics]
        )

    def _finding(self, diagnostic: Diagnostic) -> Finding:
        """A finding with the text that the terminal shows."""
        text = "".join(segment.text for segment in diagnostic_segments(diagnostic)).rstrip("\n")
        links = self._editor.links_in(diagnostic.detail or "", self._folder)
        position = diagnostic.position
        if position is None:
            return Finding("", None, text, links)
        link = self._editor.link(position.source.path, position.line, position.column)
        return Finding(printable(str(position)), link, text, links)

    # Expressions

    def tell_faults(self, live: LivePage) -> None:
        """The expressions without a value on a page, or on a shared element, are others than before."""
        frame = encode(self._faults_of(live))
        for follower in tuple(live.stream.followers.values()):
            follower.send(frame)

    def _faults_of(self, live: LivePage) -> Faults:
        return Faults(live.stream.name, [self._finding(fault) for fault in live.faults])

    # A tab that comes

    def greet(self, tab: Tab, shown: Iterable[LivePage] = ()) -> None:
        """A tab is there, or there again, that shows these live pages. What was wrong before may be right by now."""
        if not self.development:
            return
        if self._problems is not None:
            tab.send(self._problems)
        for live in shown:
            if live.faults.have_been:
                tab.send(self._faults_of(live))

    # Handlers

    def tell_failure(self, failure: Failure, tabs: Iterable[Tab]) -> None:
        """A handler failed that no event of a tab called; only those who develop the site are told of these."""
        for tab in tabs if self.development else ():
            tab.send(self.error_of(failure))

    def error_of(self, failure: Failure, event: int | None = None) -> Error:
        """What the tab of an event is told of its handler's failure."""
        if not self.development:
            return Error("handler-failed", VAGUE, event, failure.id)
        links = self._editor.links_in(failure.trace, self._folder)
        return Error("handler-failed", failure.message, event, failure.id, failure.trace, links)
