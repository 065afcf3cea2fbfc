"""Every page is photographed, or says why not."""

from flask import Flask

from tests.guards.routes import methods, rules
from tools.screenshots.pictures import NOT_PICTURED, PICTURES


def test_every_page_is_photographed_or_says_why_not(app: Flask) -> None:
    answering = {rule.endpoint for rule in rules(app) if "GET" in methods(rule)}
    pictured = {picture.endpoint for picture in PICTURES}
    assert pictured | set(NOT_PICTURED) == answering
    assert not pictured & set(NOT_PICTURED)


def test_no_two_pictures_have_the_same_name() -> None:
    names = [picture.name for picture in PICTURES]
    assert len(set(names)) == len(names)
