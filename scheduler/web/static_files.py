"""Static files under addresses that change with their content, so that browsers may keep them for good."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

YEAR_SECONDS = 365 * 24 * 3600
TOGETHER = {".css", ".js"}
"""Files that load each other by relative addresses: they share one version, which those addresses inherit."""


@cache
def _version(files: tuple[tuple[Path, int], ...]) -> str:
    """A short hash of what files hold, read again only after one of them has changed."""
    content = sha256()
    for file, _changed in files:
        content.update(file.read_bytes())
    return content.hexdigest()[:12]


def _stamped(*files: Path) -> tuple[tuple[Path, int], ...]:
    return tuple((file, file.stat().st_mtime_ns) for file in files)


def register(app: Flask) -> None:
    """Put a version into the addresses that ``url_for("static", …)`` makes; what is asked for with it may be kept.

    Scripts and style sheets are looked at anew with each page only while somebody works on them (debug).
    """
    folder = Path(app.static_folder or "")
    versioned = f"{app.static_url_path}/~"

    @cache
    def loaded_together() -> tuple[tuple[Path, int], ...]:
        return _stamped(*sorted(file for file in folder.rglob("*") if file.suffix in TOGETHER))

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        file = folder / str(values.get("filename", ""))
        if endpoint != "static" or "v" in values or not file.is_file():
            return
        if app.debug:
            loaded_together.cache_clear()
        values["v"] = _version(loaded_together() if file.suffix in TOGETHER else _stamped(file))

    @app.url_value_preprocessor
    def take_out_version(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if endpoint == "static" and values is not None:
            values.pop("v", None)

    @app.after_request
    def allow_keeping(response: Response) -> Response:
        if request.path.startswith(versioned) and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
        return response

    app.add_url_rule(f"{versioned}<v>/<path:filename>", endpoint="static")
