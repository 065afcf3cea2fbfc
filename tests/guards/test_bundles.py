"""What each area loads: residents nothing of the desk, nobody anything beside the bundle of her area."""

import re
from pathlib import Path

import pytest

from scheduler.core.config import ROOT
from scheduler.web import assets
from tests.guards.files import own_files, text_of
from tests.guards.reached import pages_on, words_on

STATIC = ROOT / "static"
LINK = re.compile(r"<link\b[^>]*stylesheet|<script\b(?![^>]*application/ld\+json)")
LINKING = Path("templates/macros/layout.html")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)(?=[^{}]*\{)")
BY_SCRIPTS = {"htmx-request"}
"""Classes that no template writes: htmx gives them while it waits."""
BY_CODE = {"success", "warning"}
"""Kinds of messages, which code gives to templates."""


def sources(bundle: str) -> set[Path]:
    """What a bundle was made of, without packages."""
    found = {(STATIC / name).resolve() for name in assets.manifest().sources[bundle]}
    return {path.relative_to(STATIC) for path in found if "node_modules" not in path.parts}


@pytest.mark.parametrize("bundle", ["residents.css", "residents.js"])
def test_residents_load_nothing_of_the_desk(bundle: str) -> None:
    found = sources(bundle)
    assert len(found) > 5
    assert not [path for path in found if "desk" in path.with_suffix("").parts]


def test_every_class_that_residents_load_is_on_a_page_of_theirs() -> None:
    words = words_on("layout_public.html") | BY_SCRIPTS | BY_CODE
    begun = tuple(word for word in words if word.endswith("-"))
    assert len(pages_on("layout_public.html")) > 10
    unused = {
        f"{path}: {name}"
        for path in sources("residents.css")
        for name in CLASS.findall(COMMENT.sub("", (STATIC / path).read_text(encoding="utf-8")))
        if name not in words and not name.startswith(begun)
    }
    assert not unused


def test_every_style_sheet_and_script_is_part_of_a_bundle() -> None:
    bundled = {path for name in assets.manifest().sources for path in sources(name)}
    written = {path.relative_to("static") for path in own_files(".css", ".js", ".svg") if path.parts[0] == "static"}
    assert {path for path in written if path.parts[0] in {"styles", "scripts", "images"}} == bundled


def test_no_template_links_anything_but_the_bundle_of_its_area() -> None:
    linking = [name for name in own_files(".html") if name.parts[0] == "templates" and LINK.search(text_of(name))]
    assert linking == [LINKING]
