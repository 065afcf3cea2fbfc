"""Language and view of a visitor."""

import pytest
from flask import Flask

from tests.client import PageClient
from tests.factories import Town

HERE = "http://localhost"


def switch(client: PageClient, path: str, referrer: str | None = f"{HERE}/sign-in") -> str:
    """Press a switch; the path that the visitor is sent back to."""
    headers = {} if referrer is None else {"Referer": referrer}
    response = client.client.post(path, headers=headers)
    assert response.status_code == 303
    return str(response.location)


def test_the_browsers_language_is_taken_until_one_is_chosen(app: Flask) -> None:
    for browser, heading in (("en-GB,en", "Sign in"), ("zh-TW,zh", "登录"), ("fr", "登录")):
        client = PageClient(app.test_client(), browser)
        assert client.get("/sign-in").heading == heading
    assert switch(client, "/language/en") == "/sign-in"
    page = client.get("/sign-in")
    assert page.heading == "Sign in" and page.elements("html")[0].get("lang") == "en"


def test_the_large_view_is_kept_for_a_year_and_can_be_left(client: PageClient) -> None:
    def classes() -> list[str]:
        return str(client.get("/sign-in").elements("html")[0].get("class")).split()

    assert "large" not in classes()
    switch(client, "/view/large")
    assert "large" in classes()
    cookie = client.client.get_cookie("view")
    assert cookie is not None and cookie.max_age == 365 * 24 * 3600 and cookie.http_only
    switch(client, "/view/normal")
    assert "large" not in classes()


def test_the_visitor_comes_back_to_the_page_with_its_filters(client: PageClient) -> None:
    page = "/near?q=%E4%B9%A6%E6%B3%95&page=2"
    assert switch(client, "/language/en", HERE + page) == page


@pytest.mark.parametrize(
    "referrer",
    [None, "", "https://evil.example/sign-in", f"{HERE}//evil.example/x", f"{HERE}/\\evil.example", "http://localhost.evil.example/"],
)
def test_nobody_is_sent_to_another_site(client: PageClient, referrer: str | None) -> None:
    assert switch(client, "/language/en", referrer) == "/"


@pytest.mark.parametrize("path", ["/language/tlh", "/view/huge"])
def test_an_unknown_choice_does_not_exist(client: PageClient, town: Town, path: str) -> None:
    client.post(path, status=404)
