"""Responses that are saved as files, under names in any script."""

from urllib.parse import quote

from flask import Response


def name_download(response: Response, name: str) -> None:
    """Have the browser save a response as a file of this name; old ones get what of it is ASCII (RFC 6266)."""
    letters = (sign if sign.isascii() and sign.isprintable() and sign not in '"\\' else " " for sign in name)
    plain = " ".join("".join(letters).split())
    encoded = quote(name, safe="")
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
