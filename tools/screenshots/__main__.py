"""``python -m tools.screenshots``: pictures of a demonstration of its own, prepared once and kept in ``instance/``."""

import argparse
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from flask import Flask, url_for
from playwright.sync_api import Playwright, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from scheduler.core.config import INSTANCE, ROOT
from scheduler.core.extensions import db
from tools.screenshots.camera import LOOKS, Look, chromium, photograph, visitor
from tools.screenshots.index import index
from tools.screenshots.instance import SHOWN, Places, clock, installed, places
from tools.screenshots.pictures import PICTURES, Picture

PORT = 8390
FOLDER = ROOT / "screenshots"
USERS = {
    "public": "", "signed in": "resident", "teacher": "teacher", "venue_manager": "library",
    "coordinator": "coordinator", "administrator": "administrator",
}
"""Who sees a page, by the first role that may open it."""


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application on a port that is always the same, as some pages show their address; yields it."""
    server = make_server("127.0.0.1", PORT, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def user_of(app: Flask, picture: Picture) -> str:
    """Who looks at the page: the one it names, else the one with least of those who may."""
    roles = getattr(app.view_functions[picture.endpoint], "required_roles", ())
    theirs = {roles} if isinstance(roles, str) else roles
    return picture.user or next(username for role, username in USERS.items() if role in theirs)


def address_of(app: Flask, picture: Picture, found: Places) -> str:
    """Where the page is."""
    arguments = set().union(*(rule.arguments for rule in app.url_map.iter_rules(picture.endpoint)))
    optional = {name for rule in app.url_map.iter_rules(picture.endpoint) for name in rule.defaults or ()}
    values = {
        name: found.get(f"{picture.endpoint}.{name}", found.get(name)) for name in arguments if name not in optional
    }
    query = picture.query.format(**found)
    return url_for(picture.endpoint, **values) + (f"?{query}" if query else "")  # type: ignore[arg-type]


def take(playwright: Playwright, server: str, look: Look, wanted: list[tuple[Picture, str, str]]) -> list[str]:
    """All pictures of a window and language; what is wrong with the pages."""
    faults, browser = [], chromium(playwright, look.language)
    for username, members in groupby(sorted(wanted, key=lambda one: one[1]), key=lambda one: one[1]):
        context = visitor(browser, server, look, username)
        for picture, _username, address in members:
            faults += photograph(context, address, FOLDER / f"{picture.name}-{look.suffix}.webp")
        context.close()
    browser.close()
    return faults


@contextmanager
def _copied(instance: Path) -> Iterator[Flask]:
    """The application on a copy of the instance, so that visits leave nothing for the next pictures to show."""
    with installed(instance).app_context():
        db.engine.dispose()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "instance"
        shutil.copytree(instance, copy)
        yield installed(copy)


def _take_all(app: Flask, chosen: list[Picture]) -> list[str]:
    with app.test_request_context():
        found = places()
        wanted = [(picture, user_of(app, picture), address_of(app, picture, found)) for picture in chosen]
    with served(app) as server, sync_playwright() as playwright:
        return [fault for look in LOOKS for fault in take(playwright, server, look, wanted)]


def main() -> None:
    """Take the pictures and write their index; fails when a page does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instance", type=Path, default=INSTANCE / "screenshots")
    parser.add_argument("--fresh", action="store_true", help="forget the instance and prepare it anew")
    parser.add_argument("--only", default="", help="pictures whose name contains this")
    options = parser.parse_args()
    if options.fresh:
        shutil.rmtree(options.instance, ignore_errors=True)
    begin = time.monotonic()
    FOLDER.mkdir(parents=True, exist_ok=True)
    chosen = [picture for picture in PICTURES if options.only in picture.name]
    with _copied(options.instance) as app, clock(SHOWN):
        faults = _take_all(app, chosen)
    (FOLDER / "README.md").write_text(index(PICTURES), encoding="utf-8")
    size = sum(file.stat().st_size for file in FOLDER.glob("*.webp"))
    print(f"{len(chosen) * len(LOOKS)} pictures in {time.monotonic() - begin:.0f} s; all {size / 1e6:.1f} MB.")
    raise SystemExit("\n".join(faults) or None)


if __name__ == "__main__":
    main()
