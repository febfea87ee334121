"""The exception for a site that can't be used."""

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.reports import text_report


class SiteError(Exception):
    """A site with errors. Its text is the text report of all findings."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        super().__init__(diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return text_report(self.diagnostics)
