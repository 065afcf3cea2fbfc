"""The product as a visitor meets it: a running server, a watched browser and what every page has to pass."""

import json
import re
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request
from werkzeug.serving import WSGIRequestHandler, make_server

from scheduler.app import create_app
from scheduler.core.config import Settings
from scheduler.core.extensions import db, limiter
from scheduler.maps.tile_source import TileSource
from tests.factories import PASSWORD

T = TypeVar("T")
AXE = Axe().axe_script
GRAVE = {"serious", "critical"}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOCAL_SCHEMES = {"about", "blob", "data"}
ANSWER = "tests.answer"
"""Where the environment of a request keeps what the application answered."""


@dataclass(frozen=True)
class Site:
    """A running server: its address, its application and its database.

    Rows are read within ``with site.app.app_context():``, which lets the database go afterwards; a session left open
    would hold SQLite's write lock against the server.
    """

    url: str
    app: Flask
    database_url: str


@dataclass
class Watch:
    """What a browser reported that no test should overlook."""

    faults: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """Expect faults that this regular expression finds, such as the notice of an answer 404."""
        self.allowed.append(pattern)

    def over(self, context: BrowserContext) -> None:
        """Listen to all pages of a browser context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        context.on("request", self._request)

    def unexpected(self) -> list[str]:
        """The faults that nobody expected."""
        return [fault for fault in self.faults if not any(re.search(pattern, fault) for pattern in self.allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location['url']})")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in LOCAL_SCHEMES and address.hostname != "127.0.0.1":
            self.faults.append(f"request to another host: {request.url}")


class _Quiet(WSGIRequestHandler):
    """Writes nothing to the tests' output, and closes the answers that a browser no longer wanted.

    Werkzeug forgets to close an answer when it finds the connection reset while it discards the rest of the request.
    """

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def connection_dropped(self, error: BaseException, environ: WSGIEnvironment | None = None) -> None:
        """Close the file or stream that was being sent."""
        close = getattr((environ or {}).get(ANSWER), "close", None)
        if close is not None:
            close()


def _with_answer(app: Flask) -> WSGIApplication:
    """The application, with what it answers noted in the request's environment."""

    def noting(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = environ[ANSWER] = app(environ, start_response)
        return answer

    return noting


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the application on a free port of this machine; yields its address."""
    server = make_server("127.0.0.1", 0, _with_answer(app), threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@cache
def _application(database_url: str) -> Flask:
    """The application on a database, made once: a new one would have to compile each template again."""
    instance = Path(tempfile.gettempdir())  # until a site says its own
    return create_app(
        Settings(instance=instance, database_url=database_url, secret_key="for a browser", rate_limits=False)
    )


@contextmanager
def furnished(
    database_url: str, folder: Path, furnish: Callable[[], T], tiles: TileSource | None = None
) -> Iterator[tuple[Site, T]]:
    """A running server whose empty database was filled by `furnish`, and what that answered."""
    app = _application(database_url)
    app.config.update(INSTANCE=folder, TILES=tiles)
    limiter.enabled = False  # of all applications the one made last decides, which may be that of a test of limits
    with app.app_context():
        made = furnish()
        db.session.commit()
    with served(app) as url:
        yield Site(url, app, database_url), made
    with app.app_context():
        db.engine.dispose()


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Sign in through the sign-in page, ending on the user's first page."""
    page.goto("/sign-in")
    page.locator("#username").fill(username)
    page.locator("#password").fill(password)
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: urlsplit(url).path != "/sign-in")


def follow(link: Locator) -> None:
    """Follow a link until its page is there: a click ends before the browser has left the page."""
    with link.page.expect_navigation():
        link.click()


def grave_faults(page: Page) -> list[str]:
    """What axe calls serious or critical on the page."""
    # Preloading style sheets makes axe write a style element, which the content security policy rightly reports.
    options = {"preload": False, "resultTypes": ["violations"], "runOnly": STANDARDS}
    # Not Axe().run, which has all that is right with a page sent over as well.
    violations = page.evaluate(f"{AXE}; axe.run({json.dumps(options)}).then(found => found.violations)")
    return [
        f"{page.url}: {found['id']}: {[node['target'] for node in found['nodes']][:3]}"
        for found in violations
        if found["impact"] in GRAVE
    ]


def wide_faults(page: Page) -> list[str]:
    """Whether the page is wider than its window."""
    # A phone widens window.innerWidth to whatever a page needs, so only the size that was asked for tells.
    wide, window = page.evaluate("document.documentElement.scrollWidth"), page.viewport_size
    assert window is not None
    return [f"{page.url} is {wide} px wide in a window of {window['width']} px"] if wide > window["width"] else []


def assert_accessible(page: Page) -> None:
    """Fail on anything that axe calls serious or critical, and on a page wider than its window."""
    assert not grave_faults(page) + wide_faults(page)
