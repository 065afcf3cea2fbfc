"""Who reads waits for nobody who writes; who writes and cannot is told so in a sentence."""

import http.client
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import Connection, create_engine, text

from scheduler.core.config import THREADS
from scheduler.core.extensions import db
from tests.factories import PASSWORD, Town
from tests.serving import answers, free_port, served, wait_until

WAITING = 20


@dataclass(frozen=True)
class Answer:
    """Status, headers and text."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Browser:
    """A visitor in English who keeps cookies."""

    port: int
    cookies: dict[str, str]
    token: str = ""

    def ask(self, method: str, address: str, **form: str) -> Answer:
        body = urlencode({**form, "csrf_token": self.token}) if method == "POST" else None
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Accept-Language": "en", "Cookie": cookies}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            said = answer.read().decode()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
        if found := re.search(r'name="csrf_token"[^>]*value="([^"]+)"', said):
            self.token = found[1]
        return Answer(answer.status, dict(answer.headers), said)

    def sign_in(self) -> Answer:
        return self.ask("POST", "/sign-in", username="coordinator", password=PASSWORD)


@pytest.fixture
def port(database_url: str, town: Town, tmp_path: Path) -> Iterator[int]:
    """A server on the town's database."""
    db.session.commit()
    chosen = free_port()
    with served(chosen, database_url, tmp_path):
        wait_until(lambda: answers(chosen))
        yield chosen


@contextmanager
def somebody_writing(database_url: str) -> Iterator[Connection]:
    """Another process, as it were, that holds what signing in has to change: SQLite's only lock, or a table."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("UPDATE users SET name = name"))
        else:
            connection.execute(text("LOCK TABLE sign_ins IN EXCLUSIVE MODE"))
        yield connection
        connection.rollback()
    engine.dispose()


def test_pages_are_answered_at_once_while_twenty_sign_ins_wait(port: int, database_url: str) -> None:
    reader = Browser(port, {})
    reader.ask("GET", "/sign-in")
    assert reader.sign_in().status == 303
    strangers = [Browser(port, {}) for _number in range(WAITING)]
    for stranger in strangers:
        stranger.ask("GET", "/sign-in")
    given: list[Answer] = []
    threads = [threading.Thread(target=lambda each=each: given.append(each.sign_in())) for each in strangers]
    with somebody_writing(database_url):
        for thread in threads:
            thread.start()
        wait_until(lambda: len(given) >= WAITING - THREADS)
        for address in ("/near", "/", "/desk/terms", "/desk/account"):
            assert reader.ask("GET", address).status == 200
        assert any(thread.is_alive() for thread in threads), "some wait to be let in"
    for thread in threads:
        thread.join()
    statuses = Counter(answer.status for answer in given)
    assert set(statuses) == {303, 503} and statuses[303] >= THREADS // 2
    for answer in given:
        if answer.status == 503:
            assert "What you sent could not be saved in time" in answer.text and int(answer.headers["Retry-After"]) > 0
    late = Browser(port, {})
    late.ask("GET", "/sign-in")
    assert late.sign_in().status == 303, "afterwards everybody is let in"
