"""Help in place, the guides and the search over both, as everybody finds them."""

import pytest
from flask import Flask

from scheduler.features.residents.guides.guide_text import BlockKind, read_guide
from tests.client import Page, PageClient
from tests.factories import Town, sign_in_as

SUBSTITUTE = "A teacher is ill: find a substitute"
STAFF_GUIDES = ("teacher", "venue_manager", "coordinator", "administrator")


def summaries(page: Page) -> list[str]:
    """What stands on the lines that open something."""
    return ["".join(element.itertext()).strip() for element in page.elements("summary")]


def names(page: Page) -> list[str]:
    """The names of what a search found, in their order."""
    lists = [element for element in page.elements("ul") if element.get("class") == "help-answers"]
    return ["".join(heading.itertext()).strip() for found in lists for heading in found.iter("h3")]


def guides(page: Page) -> list[str]:
    """The guides that a page leads to, in their order, each once."""
    return list(dict.fromkeys(
        link.removeprefix("/help/").partition("#")[0] for link in page.links if link.startswith("/help/")
    ))


@pytest.mark.parametrize(("language", "line", "text"), [
    ("en", "How this page works", "First say where you live"),
    ("zh-CN", "这一页怎么用", "请先选好您住在哪里"),
])
def test_a_page_says_how_it_works(app: Flask, language: str, line: str, text: str) -> None:
    page = PageClient(app.test_client(), language).get("/")
    assert line in summaries(page) and text in page.text
    assert "/help" in page.links


@pytest.mark.parametrize(("language", "text"), [("en", "Choose a term to work on it"), ("zh-CN", "点一个学期开始工作")])
def test_a_page_of_the_desk_says_how_it_works(app: Flask, town: Town, language: str, text: str) -> None:
    assert text in sign_in_as(app, "coordinator", language).get("/desk/terms").text


def test_a_page_that_explains_itself_has_no_help_line(coordinator: PageClient) -> None:
    assert "How this page works" not in summaries(coordinator.get("/desk/password"))


def test_an_error_is_not_explained_as_the_page_that_was_asked_for(coordinator: PageClient) -> None:
    assert "How this page works" not in summaries(coordinator.get("/desk/terms/999999", 404))


def test_a_visitor_finds_the_guide_for_residents_alone(client: PageClient) -> None:
    assert guides(client.get("/help")) == ["resident"]
    page = client.get("/help/resident")
    assert page.heading == "For residents"
    assert "Find a course near home" in page.text and "/wishes" in page.links


@pytest.mark.parametrize("guide", STAFF_GUIDES)
def test_a_guide_for_staff_asks_a_visitor_to_sign_in(client: PageClient, guide: str) -> None:
    response = client.client.get(f"/help/{guide}")
    assert response.status_code == 302
    assert response.location.startswith("/sign-in")


@pytest.mark.parametrize("guide", STAFF_GUIDES)
def test_a_resident_finds_no_guide_for_staff(app: Flask, town: Town, guide: str) -> None:
    resident = sign_in_as(app, "resident")
    assert guides(resident.get("/help")) == ["resident"]
    resident.get(f"/help/{guide}", 404)


OWN = ("/desk/password", "/desk/account")
"""What everybody who is signed in has of their own."""


def test_a_resident_finds_nothing_of_the_desk(app: Flask, town: Town) -> None:
    resident = sign_in_as(app, "resident")
    for word in ("substitute", "publish", "budget"):
        page = resident.get(f"/help?q={word}")
        assert guides(page) == ["resident"]
        assert not [link for link in page.links if link.startswith("/desk") and link not in OWN]
    assert SUBSTITUTE not in names(resident.get("/help?q=substitute"))


@pytest.mark.parametrize(("username", "first"), [
    ("teacher", "teacher"), ("library", "venue_manager"), ("coordinator", "coordinator"),
    ("administrator", "administrator"),
])
def test_staff_find_their_own_guide_first(app: Flask, town: Town, username: str, first: str) -> None:
    found = guides(sign_in_as(app, username).get("/help"))
    assert found[0] == first and found[-1] == "resident"
    assert set(found) == {"resident", *STAFF_GUIDES}


@pytest.mark.parametrize(("language", "word", "task", "page"), [
    ("en", "substitute", SUBSTITUTE, "Absences and substitutes"),
    ("zh-CN", "代课", "教师生病了，找人代课", "请假与代课"),
])
def test_a_search_finds_tasks_and_pages(
    app: Flask, town: Town, language: str, word: str, task: str, page: str
) -> None:
    found = sign_in_as(app, "coordinator", language).get(f"/help?q={word}")
    assert {task, page} <= set(names(found))
    assert f"/desk/terms/{town.term.id}/covers" in found.links
    assert "/help/coordinator#substitute" in found.links


def test_words_of_the_other_language_are_found_too(app: Flask, town: Town) -> None:
    assert "Absences and substitutes" in names(sign_in_as(app, "coordinator").get("/help?q=代课"))
    assert "请假与代课" in names(sign_in_as(app, "coordinator", "zh-CN").get("/help?q=SUBSTITUTES"))


@pytest.mark.parametrize(("language", "question", "task"), [
    ("en", "How do I find a substitute?", SUBSTITUTE),
    ("zh-CN", "怎么找代课教师", "教师生病了，找人代课"),
])
def test_a_whole_question_is_understood(app: Flask, town: Town, language: str, question: str, task: str) -> None:
    assert task in names(sign_in_as(app, "coordinator", language).get(f"/help?q={question}"))


def test_a_teacher_is_led_to_their_own_pages(app: Flask, town: Town) -> None:
    found = sign_in_as(app, "teacher").get("/help?q=my hours")
    assert names(found)[0] == "My hours"
    assert "/desk/teachers/me" in found.links
    assert "Ready to plan?" not in names(sign_in_as(app, "teacher").get("/help?q=ready to plan"))


def test_an_administrator_is_led_to_no_teachers_record(administrator: PageClient) -> None:
    assert "/desk/teachers/me" not in administrator.get("/help?q=my hours").links


def test_pages_within_others_say_where_they_are_found(coordinator: PageClient, town: Town) -> None:
    found = coordinator.get("/help?q=adjust by hand")
    assert "Adjust by hand" in names(found)
    assert "Page, reached from: Plan the term" in found.text
    assert f"/desk/terms/{town.term.id}/plan" in found.links


def test_what_nobody_wrote_about_is_not_found(client: PageClient) -> None:
    page = client.get("/help?q=zeppelin")
    assert "Nothing fits" in page.text and not names(page)


def test_blanks_and_signs_are_no_question(client: PageClient) -> None:
    assert not names(client.get("/help?q=%20%20")) and not names(client.get("/help?q=%3F%3F"))


def test_a_guide_leads_a_coordinator_to_the_term_that_they_plan(coordinator: PageClient, town: Town) -> None:
    links = coordinator.get("/help/coordinator").links
    assert f"/desk/terms/{town.term.id}/demand" in links and "/desk/venues" in links


def test_a_guide_names_pages_of_others_without_leading_there(app: Flask, town: Town) -> None:
    page = sign_in_as(app, "teacher").get("/help/coordinator")
    assert "Ready to plan?" in page.text
    assert not [link for link in page.links if link.startswith("/desk/terms")]


def test_a_guide_that_is_not_there_is_said_to_be_missing(client: PageClient) -> None:
    client.get("/help/nobody", 404)


def test_a_guide_is_read_into_tasks_steps_and_words() -> None:
    guide = read_guide(
        "# For cooks\n\nHow to cook.\n\n"
        "## Cook rice {#rice}\n\nTake **Rice**.\n\n1. Open [Pots](page:pots.index).\n2. Wait.\n"
    )
    (task,) = guide.tasks
    assert (guide.title, guide.lead, task.anchor, task.heading) == ("For cooks", "How to cook.", "rice", "Cook rice")
    assert [block.kind for block in task.blocks] == [BlockKind.PARAGRAPH, BlockKind.STEPS]
    assert task.texts == ["Take Rice.", "Open Pots.", "Wait."]
    assert [words.page for words in task.blocks[1].lines[0]] == ["", "pots.index", ""]


@pytest.mark.parametrize(
    "text", ["## No anchor\n\nText.", "## Mixed {#mixed}\n\n1. Step\n- Point", "## Lines {#lines}\n\nOne\nTwo"]
)
def test_what_is_no_guide_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no heading of a task|neither a paragraph nor a list"):
        read_guide(f"# Title\n\nLead.\n\n{text}\n")
