"""A browser that photographs pages: whole, without motion, at a fixed moment, as small files."""

import base64
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from scheduler.demonstration.accounts import PASSWORD
from tools.screenshots.instance import SHOWN

FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars", "--font-render-hinting=none")
QUALITY = 40
"""Of WebP, from 0 to 100: letters stay sharp."""
PATIENCE = 120_000
"""Milliseconds to wait for a page."""
LONGEST = 3600
"""CSS pixels of height after which a picture ends: lists go on for ever."""


@dataclass(frozen=True)
class Look:
    """A window and a language."""

    language: str
    width: int

    @property
    def phone(self) -> bool:
        """Whether it is a phone."""
        return self.width < 600

    @property
    def suffix(self) -> str:
        """As the files are called."""
        return f"{self.language[:2]}-{self.width}"


LOOKS = tuple(Look(language, width) for language in ("zh-CN", "en") for width in (1440, 390))


def chromium(playwright: Playwright, language: str) -> Browser:
    """The system's Chromium, whose own words, such as those of file inputs, are in this language too."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    words = {"LANGUAGE": language.replace("-", "_")}
    flags = [*FLAGS, f"--lang={language}"]
    return playwright.chromium.launch(executable_path=found, args=flags, env={**os.environ, **words})


def visitor(browser: Browser, server: str, look: Look, username: str) -> BrowserContext:
    """A browser with cookies of its own, signed in where there is a user."""
    context = browser.new_context(
        viewport={"width": look.width, "height": 844 if look.phone else 900}, locale=look.language, base_url=server,
        is_mobile=look.phone, has_touch=look.phone, device_scale_factor=1.5 if look.phone else 1,
        reduced_motion="reduce", timezone_id="Asia/Shanghai",
    )
    context.set_default_timeout(PATIENCE)
    if username:
        page = context.new_page()
        page.goto("/sign-in")
        page.locator("#username").fill(username)
        page.locator("#password").fill(PASSWORD)
        page.locator("main form button.primary").click()
        page.wait_for_url(lambda address: "/sign-in" not in address)
        page.close()
    return context


def photograph(context: BrowserContext, address: str, file: Path) -> list[str]:
    """Write the picture of a page; what is wrong with the page."""
    page = context.new_page()
    page.clock.set_fixed_time(SHOWN)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    answer = page.goto(address)
    page.locator("[aria-busy=true]").first.wait_for(state="detached")
    if answer is None or not answer.ok:
        faults.append(f"answered with {answer and answer.status}")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        faults.append(f"{wide} px wider than its window")
    file.write_bytes(_picture(page))
    page.close()
    return [f"{file.stem}: {fault}" for fault in faults]


def _picture(page: Page) -> bytes:
    """The whole page as WebP, which only Chromium's own protocol writes.

    The window grows to the page's height first, so that what is fixed to its lower edge stands at the end.
    """
    width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    page.set_viewport_size({"width": width, "height": min(height, LONGEST)})
    protocol = page.context.new_cdp_session(page)
    taken = protocol.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    protocol.detach()
    return base64.b64decode(taken["data"])
