"""Characters that no text has and that PostgreSQL cannot store: refused at one place for all pages."""

from collections.abc import Iterator
from typing import Final

from flask import Flask, request
from flask_babel import lazy_gettext as _l

from scheduler.web.incoming.refusals import RefusedRequest

NUL: Final = "\0"


def _texts() -> Iterator[str]:
    """All that a page could read from the request, but for what stands in files."""
    yield request.path
    for values in (request.args, request.form):
        for name, texts in values.lists():
            yield name
            yield from texts
    for name, text in request.cookies.items(multi=True):
        yield name
        yield text
    yield from (file.filename or "" for file in request.files.values())


def _refuse_unstorable() -> None:
    if any(NUL in text for text in _texts()):
        raise RefusedRequest(_l("There is a character in what was sent that no text has (NUL). Type it anew."))


def register(app: Flask) -> None:
    """Look through every request."""
    app.before_request(_refuse_unstorable)
