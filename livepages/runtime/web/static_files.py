"""Static files that are being edited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles


class FreshFiles(StaticFiles):
    """Static files that browsers ask for each time, and get only if they hold something else than before.

    The folder may come and go.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)

    async def check_config(self) -> None:
        """Do without a folder, in which then nothing is found."""

    def file_response(self, *given: Any, **options: Any) -> Response:
        """A file, or that it is as it was."""
        response = super().file_response(*given, **options)
        response.headers["cache-control"] = "no-cache"
        return response
