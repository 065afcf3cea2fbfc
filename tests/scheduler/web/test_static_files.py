"""Static files are kept by browsers until their content changes."""

import re
from urllib.parse import urljoin

from flask import Flask, url_for

from tests.client import PageClient

IMPORT = re.compile(r"""(?:import|from)\s*\(?\s*["'](\.[^"']+)["']""")


def test_pages_link_files_under_addresses_that_may_be_kept(client: PageClient) -> None:
    page = client.get("/sign-in")
    sheets = [element.get("href") for element in page.elements("link") if element.get("rel") == "stylesheet"]
    scripts = [element.get("src") for element in page.elements("script") if element.get("src")]
    assert sheets and scripts
    for address in (*sheets, *scripts):
        with client.client.get(address) as response:
            assert response.status_code == 200 and "immutable" in response.headers["Cache-Control"], address


def test_what_a_script_imports_may_be_kept_as_well(client: PageClient, app: Flask) -> None:
    with app.test_request_context():
        waiting = [url_for("static", filename="js/main.js")]
    seen = set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        with client.client.get(address) as response:
            assert response.status_code == 200 and "immutable" in response.headers["Cache-Control"], address
            waiting += [urljoin(address, found) for found in IMPORT.findall(response.get_data(as_text=True))]
    assert len(seen) > 10, "the scripts of a desk page load each other"


def test_files_asked_for_without_a_version_are_checked_every_time(client: PageClient, app: Flask) -> None:
    with client.client.get(f"{app.static_url_path}/js/main.js") as response:
        assert response.status_code == 200 and response.headers["Cache-Control"] == "no-cache"


def test_a_version_leads_to_no_file_that_is_not_there(client: PageClient, app: Flask) -> None:
    for address in ("~abc/js/nothing.js", "~abc/../../setup.cfg", "~abc/"):
        assert client.client.get(f"{app.static_url_path}/{address}").status_code == 404
