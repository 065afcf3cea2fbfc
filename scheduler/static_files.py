"""Static files under addresses that change with their content, so that browsers may keep them for good."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

YEAR_SECONDS = 365 * 24 * 3600


@cache
def _version(file: Path, _changed: int) -> str:
    """A short hash of a file's content, read again only after the file has changed."""
    return sha256(file.read_bytes()).hexdigest()[:12]


def register(app: Flask) -> None:
    """Add ``v`` to the addresses that ``url_for("static", …)`` makes; what is asked for with it may be kept."""
    folder = Path(app.static_folder or "")

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        file = folder / str(values.get("filename", ""))
        if endpoint == "static" and "v" not in values and file.is_file():
            values["v"] = _version(file, file.stat().st_mtime_ns)

    @app.after_request
    def allow_keeping(response: Response) -> Response:
        if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
        return response
