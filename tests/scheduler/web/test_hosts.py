"""Only this installation's names are answered, and only its public address is written anywhere."""

from collections.abc import Callable, Iterator
from contextvars import Context
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from scheduler.app import create_app
from scheduler.core.config import Settings
from scheduler.core.extensions import db
from scheduler.core.public_address import PublicAddress, public_address_from
from scheduler.domain.publishing import calendar_feed
from scheduler.maps.tile_source import SettingsError
from tests.client import PageClient, SeparateClient
from tests.factories import Town, build_bookings, build_plan
from tests.guards.files import own_files, text_of

PUBLIC = "https://learn.example.org"
STRANGE = [
    "other.example", "localhost.other.example", "127.0.0.1.nip.example", "a" * 3000, "[::1].other.example", "", " ",
    "a b", "localhost@other.example", "löcalhost", "localhost:99999999", ".", "learn.example.org.",
]


@pytest.fixture
def published(town: Town) -> None:
    plan = build_plan(town)
    build_bookings(plan)
    calendar_feed.record_publication(plan)


@pytest.fixture
def known(database_url: str, town: Town, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Applications that were told their address."""
    made = []

    def application(url: str = PUBLIC, *names: str) -> Flask:
        settings = Settings(
            instance=tmp_path, database_url=database_url, secret_key="known", rate_limits=False,
            address=PublicAddress(url, names),
        )
        app = create_app(settings)
        app.test_client_class = SeparateClient
        made.append(app)
        return app

    yield application
    for app in made:
        with app.app_context():
            db.engine.dispose()


def ask(app: Flask, host: str, path: str = "/") -> tuple[int, str]:
    response = app.test_client().get(path, headers={"Host": host, "Accept-Language": "en"})
    return response.status_code, response.text


@pytest.mark.parametrize("host", STRANGE, ids=lambda host: repr(host)[:30])
def test_a_strange_host_is_refused_with_a_sentence(app: Flask, host: str) -> None:
    client = PageClient(app.test_client())
    client.headers["Host"] = host
    for address in ("/", "/sign-in", "/calendar/room/1.ics", "/no/such/page"):
        assert "This site is not known by the name" in client.get(address, status=400).text


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:9000", "[::1]:8000", "LOCALHOST"])
def test_this_machine_needs_no_setting(app: Flask, host: str) -> None:
    assert ask(app, host)[0] == 200


def test_names_that_were_set_are_answered_and_no_others(known: Callable[..., Flask]) -> None:
    app = known(PUBLIC, "intranet", "10.1.2.3")
    for host in ("learn.example.org", "LEARN.example.org:443", "intranet", "10.1.2.3:8000", "localhost"):
        assert ask(app, host)[0] == 200, host
    for host in ("example.org", "10.1.2.4", "more.learn.example.org"):
        assert ask(app, host)[0] == 400, host


def test_a_program_that_names_no_host_is_answered(app: Flask) -> None:
    environment = EnvironBuilder(path="/").get_environ()
    del environment["HTTP_HOST"]
    db.session.commit()
    answer, status, _headers = Context().run(run_wsgi_app, app.wsgi_app, environment)
    assert status == "200 OK" and b"</html>" in b"".join(answer)


@pytest.mark.parametrize("host", ["localhost", "learn.example.org", "intranet"])
def test_feeds_pages_and_posters_name_the_public_address_whatever_was_asked(
    known: Callable[..., Flask], town: Town, published: None, host: str
) -> None:
    app, section = known(PUBLIC, "intranet"), town.sections[0]
    feed = ask(app, host, f"/calendar/course/{section.id}.ics")[1].replace("\r\n ", "")
    assert f":{PUBLIC}/courses/{section.id}\r\n" in feed
    page = ask(app, host, f"/courses/{section.id}")[1]
    assert f"{PUBLIC}/courses/{section.id}" in page and f"{PUBLIC}/calendar/course/{section.id}.ics" in page
    for text in (feed, page):
        assert "://localhost" not in text and "://intranet" not in text


def test_without_a_setting_the_name_of_this_machine_is_written(app: Flask, town: Town, published: None) -> None:
    page = ask(app, "localhost:8000", f"/courses/{town.sections[0].id}")[1]
    assert f"http://localhost:8000/courses/{town.sections[0].id}" in page


def test_no_page_writes_the_host_of_a_request() -> None:
    source = Path("scheduler/web/incoming/hosts.py")
    files = [name for name in own_files(".py", ".html") if name.parts[0] in {"scheduler", "templates"}]
    assert source in files
    wrong = [name for name in files if "_external" in text_of(name) or "url_root" in text_of(name)]
    assert not [str(name) for name in wrong if name != source]


@pytest.mark.parametrize(
    "environment",
    [
        {"PUBLIC_URL": "learn.example.org"}, {"PUBLIC_URL": "ftp://learn.example.org"}, {"PUBLIC_URL": "https://["},
        {"PUBLIC_URL": "https://learn.example.org/school"}, {"PUBLIC_URL": "https://user@learn.example.org"},
        {"PUBLIC_URL": "https://学习.example"}, {"TRUSTED_HOSTS": "good.example, bad example"},
        {"TRUSTED_HOSTS": "*.example.org"},
    ],
)
def test_a_setting_that_names_no_host_is_refused(environment: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        public_address_from(environment)


def test_the_settings_are_read_from_the_environment() -> None:
    address = public_address_from({"PUBLIC_URL": "https://Learn.example.org/", "TRUSTED_HOSTS": "intranet, 10.0.0.1"})
    assert address == PublicAddress("https://learn.example.org", ("intranet", "10.0.0.1"))
    assert public_address_from({}) == PublicAddress()
