"""A test client that inspects every page it fetches, so that no test can overlook a broken page."""

import re
from collections import Counter
from contextvars import Context
from typing import Any

import html5lib
from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from scheduler.core.extensions import db
from scheduler.web.assets import manifest

HTML = "{http://www.w3.org/1999/xhtml}"
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


class SeparateClient(FlaskClient):
    """Gives every request a context of its own, as a server does, though the test has pushed one for itself.

    Flask would let the request share the test's context, and with it the signed-in user, the language and the
    database session. What the test has done in its session so far is committed first.
    """

    def open(self, *args: Any, **options: Any) -> TestResponse:
        """Ask the application."""
        if has_app_context():  # not when a redirect is followed: that happens inside the request's context
            db.session.commit()
        return Context().run(super().open, *args, **options)


class Page:
    """A parsed HTML page."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.root = parser.parse(response.text)
        self.errors = [f"{position}: {code} {data}" for position, code, data in parser.errors]

    def elements(self, tag: str) -> list[Any]:
        """All elements with this tag, in order."""
        return list(self.root.iter(tag))

    @property
    def text(self) -> str:
        """All visible text with single blanks."""
        parts = (text for element in self.elements("body") for text in element.itertext())
        return re.sub(r"\s+", " ", " ".join(parts)).strip()

    @property
    def heading(self) -> str:
        """The text of the only h1."""
        return re.sub(r"\s+", " ", "".join(self.elements("h1")[0].itertext())).strip()

    @property
    def links(self) -> list[str]:
        """Targets of all links."""
        return [element.get("href") for element in self.elements("a") if element.get("href")]

    def filled_in(self) -> dict[str, list[str]]:
        """What a browser sends when the page's largest form is submitted untouched."""
        form = max(self.elements("form"), key=lambda form: sum(1 for entry in form.iter() if entry.get("name")))
        sent: dict[str, list[str]] = {}
        for entry in form.iter():
            if entry.tag in {"input", "select", "textarea"} and entry.get("name") and entry.get("disabled") is None:
                sent.setdefault(entry.get("name"), []).extend(_sent(entry))
        return sent

    def inspect(self) -> None:
        """Fail on anything that no page may have."""
        assert not self.errors, f"invalid HTML: {self.errors[:3]}"
        assert len(self.elements("h1")) == 1, "a page has exactly one h1"
        title = re.sub(r"\s+", " ", "".join(self.elements("title")[0].itertext())).strip()
        assert title.startswith(self.heading), f"the title “{title}” starts with the heading “{self.heading}”"
        assert self.elements("html")[0].get("lang") in {"zh-CN", "en"}
        self._inspect_ids()
        self._inspect_labels()
        inline = [e for e in self.elements("script") if not e.get("src") and e.get("type") != "application/ld+json"]
        assert not inline, "the content security policy forbids inline scripts"
        assert not self.elements("style"), "the content security policy forbids style elements"
        assert "Content-Security-Policy" in self.response.headers
        self._inspect_bundles()

    def _inspect_bundles(self) -> None:
        """A page loads one style sheet and one script: the bundles of its area."""
        area = "residents" if "public" in self.elements("html")[0].get("class").split() else "desk"
        names = [manifest().names[f"{area}.{ending}"] for ending in ("css", "js")]
        sheets = [element.get("href") for element in self.elements("link") if element.get("rel") == "stylesheet"]
        scripts = [element.get("src") for element in self.elements("script") if element.get("src")]
        assert [address.rpartition("/")[2] for address in (*sheets, *scripts)] == names

    def _inspect_ids(self) -> None:
        ids = Counter(element.get("id") for element in self.root.iter() if element.get("id"))
        assert not [name for name, times in ids.items() if times > 1], "ids are unique"

    def _inspect_labels(self) -> None:
        labelled = {element.get("for") for element in self.elements("label")}
        wrapped = {id(inner) for label in self.elements("label") for inner in label.iter()}
        for tag in ("input", "select", "textarea"):
            for element in self.elements(tag):
                named = element.get("id") in labelled or element.get("aria-label") or element.get("aria-labelledby")
                if element.get("type") not in UNLABELLED:
                    assert named or id(element) in wrapped, f"no label for {tag} {element.get('name')}"


def _sent(entry: Any) -> list[str]:
    """The values of one control: of a select its chosen options, else its first one unless several may be chosen."""
    if entry.tag == "textarea":
        return ["".join(entry.itertext()).removeprefix("\n")]
    if entry.tag == "input":
        silent = {"submit", "button", "image", "reset", "file"}
        unchecked = entry.get("type") in {"checkbox", "radio"} and entry.get("checked") is None
        return [] if entry.get("type") in silent or unchecked else [entry.get("value") or ""]
    options = list(entry.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    if not chosen and entry.get("multiple") is None:
        chosen = options[:1]
    return [option.get("value", "".join(option.itertext())) for option in chosen]


class PageClient:
    """Fetches and inspects pages; ``language`` is what the browser prefers."""

    def __init__(self, client: FlaskClient, language: str = "en") -> None:
        self.client = client
        self.headers = {"Accept-Language": language}

    def get(self, url: str, status: int = 200) -> Page:
        """Fetch a page, following redirects."""
        return self._inspected(self.client.get(url, headers=self.headers, follow_redirects=True), status)

    def post(self, url: str, data: dict[str, Any] | None = None, status: int = 200) -> Page:
        """Submit a form, following the redirect to the next page."""
        return self._inspected(
            self.client.post(url, data=data or {}, headers=self.headers, follow_redirects=True), status
        )

    def download(self, url: str, status: int = 200) -> TestResponse:
        """Fetch something that is no page."""
        response = self.client.get(url, headers=self.headers)
        assert response.status_code == status, response.text[:500]
        return response

    def _inspected(self, response: TestResponse, status: int) -> Page:
        assert response.status_code == status, f"{response.status_code}: {response.text[:2000]}"
        assert response.mimetype == "text/html"
        page = Page(response)
        page.inspect()
        return page
