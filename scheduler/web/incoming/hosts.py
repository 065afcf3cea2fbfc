"""Only names of this installation are answered, and only its public address is written anywhere."""

from collections.abc import Iterable
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _l

from scheduler.core.public_address import PublicAddress
from scheduler.web.incoming.refusals import RefusedRequest

REFUSED: Final = "scheduler.refused_host"
"""Where the environment of a request says that it named a host that is none of ours."""


class KnownHosts:
    """Middleware that lets no page see a host that somebody made up; the request is marked, to be refused in words."""

    def __init__(self, application: WSGIApplication, address: PublicAddress) -> None:
        self._application = application
        self._address = address

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Hand the request on under one of our names."""
        host = environ.get("HTTP_HOST")
        if host is None or not self._address.knows(host):
            environ["HTTP_HOST"] = self._address.host
            environ[REFUSED] = host is not None  # programs that name no host, as of HTTP/1.0, are answered
        return self._application(environ, start_response)


def public_url(endpoint: str, **values: Any) -> str:
    """The whole address of a page, as others are to find it: below PUBLIC_URL, else as this request was made."""
    beginning = current_app.config["PUBLIC_URL"] or f"{request.scheme}://{request.host}"
    return str(beginning) + url_for(endpoint, **values)


def _refuse_strange_host() -> None:
    if request.environ.get(REFUSED):
        raise RefusedRequest(
            _l("This site is not known by the name under which you asked for it. Whoever runs it can add the name "
               "(PUBLIC_URL or TRUSTED_HOSTS).")
        )


def register(app: Flask, address: PublicAddress) -> None:
    """Look at the host before anything else."""
    app.wsgi_app = KnownHosts(app.wsgi_app, address)  # type: ignore[method-assign]
    app.config["PUBLIC_URL"] = address.url
    app.before_request(_refuse_strange_host)
