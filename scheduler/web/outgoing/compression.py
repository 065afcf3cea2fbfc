"""Pages are sent compressed, unless their length could tell a stranger what stands in them.

A page that repeats what its address asks for, beside what only its reader may see, gives the latter away to whoever
makes their browser ask again and again and measures the compressed answers (BREACH). A request that repeats something,
carries cookies and was not made by a page of ours is therefore answered without compression. Whoever sends no cookie is
nobody: a page made for them holds no secret that outlives the answer. Parts that a page fetches by itself are asked by
numbers, never by words of the address that it was opened with.
"""

from flask import Flask, Response, request
from flask_compress import Compress

from scheduler.web.redirects import parts_of

BY_OURSELVES = {"same-origin", "none"}
"""What browsers say of a request by a page of this site, or by the reader."""
REPEATS_NOTHING = {"GET", "HEAD"}
KINDS = ("text/html", "text/csv", "application/json", "image/svg+xml")
_compress = Compress()


def _asked_by_ourselves() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in BY_OURSELVES
    return parts_of(request.referrer or "").netloc == request.host  # older browsers, and those of sites without TLS


def _tells_nothing() -> bool:
    """Whether the length of this answer may be seen by anybody."""
    repeats = bool(request.query_string) or request.method not in REPEATS_NOTHING
    return not repeats or not request.cookies or _asked_by_ourselves()


def _send_compressed(response: Response) -> Response:
    if request.endpoint == "static" or response.mimetype not in KINDS:
        return response
    response.vary.update(("Accept-Encoding", "Cookie", "Referer", "Sec-Fetch-Site"))
    return _compress.after_request(response) if _tells_nothing() else response


def register(app: Flask) -> None:
    """Compress after every request what is text and long enough.

    What is sent bit by bit arrives as it is made; bundles were compressed when they were made.
    """
    app.config.update(COMPRESS_REGISTER=False, COMPRESS_STREAMS=False, COMPRESS_MIMETYPES=KINDS)
    _compress.init_app(app)
    app.after_request(_send_compressed)
