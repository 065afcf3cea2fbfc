"""Icons: those listed are installed, and others are refused."""

import re

import pytest

from scheduler.web.assets import ICONS, svg_icon


def test_every_listed_icon_is_one_line_of_svg_hidden_from_screen_readers() -> None:
    for name in sorted(ICONS):
        drawing = str(svg_icon(name))
        assert re.fullmatch(r'<svg class="icon" [^>]*aria-hidden="true"[^>]*>(<[^>]+>)+</svg>', drawing), name


def test_an_unlisted_icon_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="no-such-icon"):
        svg_icon("no-such-icon")
