"""Static files that are being edited."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles


class FreshFiles(StaticFiles):
    """Static files that browsers ask for each time, and get only if they hold something else than before."""

    def file_response(self, *given: Any, **options: Any) -> Response:
        """A file, or that it is as it was."""
        response = super().file_response(*given, **options)
        response.headers["cache-control"] = "no-cache"
        return response
