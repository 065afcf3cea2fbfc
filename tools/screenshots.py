"""Takes the pictures of the README from a running server: ``python -m tools.screenshots http://127.0.0.1:8000``.

The server shows the demonstration, planned and published; Chromium must be installed.
"""

import argparse
import shutil
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
PASSWORD = "demonstration"  # noqa: S105 - the sign-in page of the demonstration shows it
PHONE, DESKTOP = (390, 844), (1440, 900)


@dataclass(frozen=True)
class Picture:
    """A page as one visitor sees it; without a user as a resident, near a community of the demonstration."""

    name: str
    path: str
    size: tuple[int, int]
    language: str
    user: str = ""


PICTURES = (
    Picture("resident", "/?near=330213001001", PHONE, "zh-CN"),
    Picture("timetable", "/desk/terms/1/timetable", DESKTOP, "zh-CN", "coordinator"),
)


def _sign_in(page: Page, user: str) -> None:
    page.goto("/sign-in")
    page.locator("#username").fill(user)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button.primary").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


def take(browser: Browser, server: str, picture: Picture) -> Path:
    """Write one picture; returns its file."""
    width, height = picture.size
    viewport = {"width": width, "height": height}
    context = browser.new_context(viewport=viewport, locale=picture.language, base_url=server)  # type: ignore[arg-type]
    page = context.new_page()
    if picture.user:
        _sign_in(page, picture.user)
    page.goto(picture.path)
    page.wait_for_load_state("networkidle")
    file = FOLDER / f"{picture.name}.png"
    page.screenshot(path=file)
    context.close()
    return file


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server")
    server = parser.parse_args().server
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for picture in PICTURES:
            print(take(browser, server, picture))
        browser.close()


if __name__ == "__main__":
    main()
