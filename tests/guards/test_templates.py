"""What every template and script has to keep to, read from the files."""

import re
from pathlib import Path

import pytest

from scheduler.web.assets import ICONS
from scheduler.web.navigation import DESK_ENTRIES, PUBLIC_ENTRIES
from tests.guards.files import own_files, text_of

TEMPLATES = [name for name in own_files(".html") if name.parts[0] == "templates"]
# Written into a page as it stands: each line says where it is used and why that is safe.
UNESCAPED: dict[str, str] = {}
POSTED = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)
TOKENS = ("csrf_token", "hidden_tag()", "fields(form", "token()", "caller()")
ICON = re.compile(r'(?:svg_icon|icon)\(\s*"([a-z0-9-]+)"|icon="([a-z0-9-]+)"')


@pytest.mark.parametrize("name", TEMPLATES, ids=str)
def test_a_template_escapes_everything(name: Path) -> None:
    text = text_of(name)
    assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", text) or str(name) in UNESCAPED


@pytest.mark.parametrize("name", TEMPLATES, ids=str)
def test_a_template_keeps_to_the_content_security_policy(name: Path) -> None:
    text = text_of(name)
    assert not re.search(r"<style\b|\son[a-z]+\s*=\s*[\"']|javascript:", text)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text), "nothing is loaded from another host"


@pytest.mark.parametrize("name", TEMPLATES, ids=str)
def test_a_form_that_is_posted_carries_the_token(name: Path) -> None:
    forms = POSTED.findall(text_of(name))
    assert all(any(token in form for token in TOKENS) for form in forms)


def test_every_icon_is_one_that_is_installed() -> None:
    used = {a or b for name in TEMPLATES for a, b in ICON.findall(text_of(name))}
    used |= {entry.icon for entry in (*DESK_ENTRIES, *PUBLIC_ENTRIES)}
    assert len(used) > 20
    assert used <= ICONS
