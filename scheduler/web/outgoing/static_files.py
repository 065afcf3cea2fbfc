"""Serves the bundles under addresses that change with their content, so that browsers may keep them for good."""

from typing import Final

from flask import Flask, Response, abort, request, send_from_directory, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from scheduler.web import assets

YEAR_SECONDS: Final = 365 * 24 * 3600
FORMS: Final = {"br": ".br", "gzip": ".gz"}
"""Compressed forms that may stand beside a file, the smaller one first, by the name of the encoding."""


class PageSessions(SecureCookieSessionInterface):
    """Sessions of pages alone: what anybody may keep, as bundles, feeds and posters, carries nobody's cookie."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Add the session's cookie, and that the answer varies with it, to all that is not public."""
        if not response.cache_control.public:
            super().save_session(app, session, response)


def asset_url(name: str) -> str:
    """The address of a bundle or image, such as ``residents.css``.

    Raises AssetsError when the front-end files were not made, and KeyError when there is none of this name.
    """
    return url_for("static", filename=assets.manifest().names[name])


def send(filename: str) -> Response:
    """A file of the bundles, compressed in the way that the browser likes best."""
    if filename not in assets.manifest().files:
        abort(404)
    folder = assets.bundles_folder()
    offered = [name for name, ending in FORMS.items() if (folder / f"{filename}{ending}").is_file()]
    accepted = [name for name in offered if request.accept_encodings.quality(name) > 0]
    encoding = max(accepted, key=request.accept_encodings.quality, default="")
    response = send_from_directory(
        folder, filename + FORMS.get(encoding, ""), mimetype=_mimetype(filename), download_name=filename,
        etag=f"{filename}:{encoding}",
    )
    if encoding and response.status_code != 304:
        response.headers["Content-Encoding"] = encoding
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    return response


def _mimetype(filename: str) -> str:
    endings = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "map": "application/json"}
    return endings[filename.rpartition(".")[2]]


def register(app: Flask) -> None:
    """Serve the bundles; while somebody works on the application (debug) each page looks whether they are current."""
    app.session_interface = PageSessions()
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=send)
    app.jinja_env.globals["asset_url"] = asset_url
    app.jinja_env.globals["svg_icon"] = assets.svg_icon
    if app.debug:
        app.before_request(_follow_sources)


def _follow_sources() -> None:
    if request.endpoint != "static":
        assets.follow_sources()
