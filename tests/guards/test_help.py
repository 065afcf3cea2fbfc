"""Every page has a short text about itself or a reason why it needs none; guides say the same in both languages."""

import re

import pytest
from flask import Flask
from flask_babel import force_locale

from scheduler.core.config import ROOT
from scheduler.features.residents.guides.guide_text import GuideBlock, GuideText
from scheduler.features.residents.guides.queries import GUIDES, TEXTS, guide_for, needed_by
from scheduler.models import Role
from scheduler.web.help.page_help import PageHelp
from scheduler.web.help.registry import HELP
from tests.guards.files import own_files, text_of
from tests.guards.routes import methods, rules
from tests.guards.test_translations import GENDERED
from tools.screenshots.pictures import NOT_PICTURED
from tools.translations import stored

TEXT = {endpoint: entry for endpoint, entry in HELP.items() if isinstance(entry, PageHelp)}
SENTENCE = re.compile(r"[.?!。？！](?=[\s”）]|$|[^\s\w])|[。？！]")
MAX_SENTENCES = 5
CHINESE = re.compile(r"[\u3400-\u9fff]")
WORDS = {"en": re.compile(r"[A-Za-z][\w'-]*"), "zh-CN": CHINESE}
LENGTHS = {"en": range(400, 901), "zh-CN": range(600, 1401)}
"""How many words or characters a guide has."""
LONGEST_LABEL = 60
"""Up to how many characters a text of the catalogue is a label and no sentence."""


def test_every_page_has_a_text_or_a_reason_and_no_text_is_about_a_page_that_is_gone(app: Flask) -> None:
    answering = {rule.endpoint for rule in rules(app) if "GET" in methods(rule)}
    assert len(TEXT) > 80
    assert set(HELP) == answering, "scheduler/web/help has a text or a reason for each page, and for nothing else"


def test_what_is_no_page_has_no_text() -> None:
    parts = {endpoint for endpoint, reason in NOT_PICTURED.items() if not reason.startswith("the form of")}
    assert not parts & set(TEXT)


def test_each_endpoint_stands_in_one_list_only() -> None:
    named = [
        endpoint
        for file in own_files(".py") if file.parent.parts == ("scheduler", "web", "help")
        for endpoint in re.findall(r'^    "([a-z_.]+)":', text_of(file), re.MULTILINE)
    ]
    assert len(named) == len(set(named)) == len(HELP)


def test_a_page_that_needs_more_than_a_term_says_which_page_leads_there(app: Flask) -> None:
    deep = {endpoint for endpoint in TEXT if needed_by(endpoint) - {"term_id"}}
    assert {endpoint for endpoint, entry in TEXT.items() if entry.within} == deep
    assert not {TEXT[endpoint].within for endpoint in deep} - (set(TEXT) - deep)


@pytest.mark.parametrize("endpoint", TEXT)
def test_a_text_is_short_and_stands_in_both_languages(app: Flask, endpoint: str) -> None:
    entry = TEXT[endpoint]
    with app.test_request_context():
        with force_locale("en"):
            english = str(entry.name), str(entry.text)
        with force_locale("zh_CN"):
            chinese = str(entry.name), str(entry.text)
    assert not any(CHINESE.search(text) for text in english)
    assert all(CHINESE.search(text) for text in chinese) or entry.name == "Excel"
    assert 1 <= len(SENTENCE.findall(english[1])) <= MAX_SENTENCES
    assert 1 <= len(SENTENCE.findall(chinese[1])) <= MAX_SENTENCES


def test_there_is_a_guide_for_every_role_and_no_other() -> None:
    assert set(GUIDES) == set(Role)
    files = {path.relative_to(TEXTS) for path in TEXTS.rglob("*") if path.is_file()}
    assert {str(file) for file in files} == {f"{folder}/{role}.md" for folder in ("en", "zh") for role in Role}
    assert TEXTS.is_relative_to(ROOT / "templates")


def _pages(block: GuideBlock) -> list[str]:
    """The pages that a block leads to."""
    return sorted(words.page for line in block.lines for words in line if words.page)


def _shape(guide: GuideText) -> list[tuple[str, str, int, list[str]]]:
    """What both languages share: each block with its task, its kind, its lines and the pages it leads to."""
    return [
        (task.anchor, block.kind, len(block.lines), _pages(block)) for task in guide.tasks for block in task.blocks
    ]


@pytest.mark.parametrize("role", GUIDES)
def test_a_guide_has_the_same_tasks_and_links_in_both_languages(role: Role) -> None:
    english, chinese = guide_for(role, "en").text, guide_for(role, "zh-CN").text
    assert len(english.tasks) >= 5
    assert _shape(english) == _shape(chinese)


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("role", GUIDES)
def test_a_guide_is_read_in_some_minutes_and_takes_nobody_for_a_man_or_a_woman(role: Role, language: str) -> None:
    guide = guide_for(role, language).text
    text = "\n".join([guide.title, guide.lead, *(line for task in guide.tasks for line in (task.heading, *task.texts))])
    assert len(WORDS[language].findall(text)) in LENGTHS[language]
    assert not GENDERED.search(text)


@pytest.mark.parametrize("role", GUIDES)
def test_a_guide_leads_to_pages_that_need_no_more_than_a_term(app: Flask, role: Role) -> None:
    pages = {page for task in guide_for(role, "en").text.tasks for block in task.blocks for page in _pages(block)}
    assert pages and pages <= set(HELP)
    assert not {page for page in pages if needed_by(page) - {"term_id"}}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("role", GUIDES)
def test_what_a_guide_writes_bold_are_words_of_the_pages(role: Role, language: str) -> None:
    words = [
        text
        for message in stored() if message.id
        for part in (message.id if language == "en" else message.string,)
        for text in ([part] if isinstance(part, str) else part or ()) if len(text) <= LONGEST_LABEL
    ]
    lines = [line for task in guide_for(role, language).text.tasks for block in task.blocks for line in block.lines]
    bold = {part.text for line in lines for part in line if part.bold}
    assert bold
    assert not {name for name in bold if not any(name.lower() in text.lower() for text in words)}
