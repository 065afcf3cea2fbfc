"""Static files are kept by browsers until their content changes."""

from flask import Flask, url_for

from tests.client import PageClient


def test_pages_link_files_under_addresses_that_may_be_kept(client: PageClient) -> None:
    links = client.get("/sign-in").elements("link")
    sheets = [element.get("href") for element in links if element.get("rel") == "stylesheet"]
    assert sheets and all("?v=" in sheet for sheet in sheets)
    with client.client.get(sheets[0]) as response:
        assert response.status_code == 200 and "immutable" in response.headers["Cache-Control"]


def test_files_asked_for_without_a_version_are_checked_every_time(client: PageClient, app: Flask) -> None:
    with app.test_request_context():
        address = url_for("static", filename="js/main.js").partition("?")[0]
    with client.client.get(address) as response:
        assert response.headers["Cache-Control"] == "no-cache"
