"""Icons: what a page asks for is listed and installed."""

import re

import pytest

from scheduler.assets import ICONS, PROJECT, svg_icon

ASKED = re.compile(r"""(?:svg_icon|icon)\(\s*["']([^"']+)["']|icon=["']([^"']+)["']""")


def asked_for() -> set[str]:
    """Icons that a template names outright."""
    texts = [file.read_text(encoding="utf-8") for file in (PROJECT / "templates").rglob("*.html")]
    return {first or second for text in texts for first, second in ASKED.findall(text)}


def test_every_listed_icon_is_one_line_of_svg_hidden_from_screen_readers() -> None:
    for name in sorted(ICONS):
        drawing = str(svg_icon(name))
        assert re.fullmatch(r'<svg class="icon" [^>]*aria-hidden="true"[^>]*>(<[^>]+>)+</svg>', drawing), name


def test_every_icon_that_a_template_names_outright_is_listed() -> None:
    assert len(asked_for()) > 20
    assert asked_for() <= ICONS


def test_an_unlisted_icon_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="no-such-icon"):
        svg_icon("no-such-icon")
