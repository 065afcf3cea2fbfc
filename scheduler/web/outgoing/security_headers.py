"""Headers that every answer carries."""

from flask import Flask, Response, current_app, request

from scheduler.maps.tile_source import TileSource

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def _policies(tiles: TileSource | None) -> dict[str, str]:
    """What browsers may load, and what they tell other hosts.

    A host of tiles may be asked for images. It learns the name of this site and no page of it: the rules of such hosts
    demand to know who asks.
    """
    images = f"img-src 'self' data: {tiles.origin}" if tiles else "img-src 'self' data:"
    return {
        "Content-Security-Policy": (
            f"default-src 'self'; {images}; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
            "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        ),
        "Referrer-Policy": "strict-origin-when-cross-origin" if tiles else "same-origin",
    }


def _add_headers(response: Response) -> Response:
    for name, value in {**HEADERS, **_policies(current_app.config["TILES"])}.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static" and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if request.cookies.get("session") else "no-cache"
    return response


def register(app: Flask) -> None:
    """Add the headers after every request."""
    app.after_request(_add_headers)
