"""A live server with a town in its own database, and Chromium as a phone in Chinese and as a desktop in English."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from scheduler.core.config import ROOT
from tests.browser.site import Site, Watch, furnished
from tests.factories import build_town

# Chromium runs as root in containers, and asks its maker's servers for nothing.
FLAGS = (
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)
PHONE, DESKTOP = (390, 844), (1440, 900)
WAIT = 10_000
A_PLAN_IS_MADE = 90_000


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts the browser: the system's Chromium, without a window."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.exit("Chromium is missing. As root `make test` installs it; otherwise install the package chromium.", 1)
    return {"executable_path": found, "args": list(FLAGS), "headless": True}


@pytest.fixture(scope="session")
def database_kind() -> str:
    """A browser sees no difference between databases; the pages are tested on each of them without one."""
    return "sqlite"


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Iterator[Site]:
    """A running server with the town of tests/factories.py in its database; the users' password is PASSWORD."""
    with furnished(database_url, tmp_path, build_town) as (site, _town):
        yield site


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test at its end when a page logged an error or asked another host for something."""
    watch = Watch()
    yield watch
    assert not watch.unexpected()


@pytest.fixture
def open_at(watch: Watch, new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A function that opens a new browser with its own cookies: ``open_at(site, (width, height), "zh-CN")``."""

    def open_at(site: Site, size: tuple[int, int] = DESKTOP, language: str = "en", **options: Any) -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = new_context(viewport=viewport, locale=language, base_url=site.url, **options)
        context.set_default_timeout(WAIT)
        watch.over(context)
        return context.new_page()

    return open_at


@pytest.fixture
def open_page(site: Site, open_at: Callable[..., Page]) -> Callable[..., Page]:
    """The same for the site of most tests: ``open_page((width, height), "zh-CN")``."""
    return partial(open_at, site)


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A phone of 390 × 844 px with touch, in Chinese."""
    return open_page(PHONE, "zh-CN", has_touch=True, is_mobile=True)


@pytest.fixture
def desktop(open_page: Callable[..., Page]) -> Page:
    """A desktop window of 1440 × 900 px, in English."""
    return open_page(DESKTOP, "en")


@pytest.fixture
def worker(site: Site, tmp_path: Path) -> Iterator[None]:
    """A planning worker for the site of most tests."""
    with working(site, tmp_path):
        yield


@contextmanager
def working(site: Site, folder: Path) -> Iterator[None]:
    """A planning worker in a process of its own, as `make run` starts it."""
    environment = {
        **os.environ,
        "DATABASE_URL": site.database_url,
        "INSTANCE_FOLDER": str(folder),
        "SECRET_KEY": "story",
    }
    command = [sys.executable, "-m", "flask", "--app", "scheduler.app", "work"]
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:  # noqa: S603
        yield
        process.terminate()
