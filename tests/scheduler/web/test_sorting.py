"""Lists are sorted by any column, ordered by pinyin and found by it."""

from urllib.parse import urlencode

import pytest
from hypothesis import given, strategies as st

from scheduler.core.extensions import db
from scheduler.core.spelling import spelling
from scheduler.models import TeacherKind
from tests.client import Page, PageClient
from tests.factories import Town
from tests.rows import teacher_row


def names(page: Page) -> list[str]:
    """What stands first in each row of the list."""
    rows = [row for body in page.elements("tbody") for row in body.findall("tr")]
    return ["".join(row.find("th").itertext()).strip().split("\n")[0].strip() for row in rows]


@pytest.fixture
def teachers(town: Town) -> list[str]:
    """Four teachers of one street, entered in another order than that of their names."""
    for name, fee in (("王佳宁", 80), ("陈一鸣", 200), ("曾小红", 120), ("安然", 60)):
        teacher = teacher_row(town.street, name, TeacherKind.PART_TIME, [town.course.subject], 29.65, 121.4)
        teacher.fee = fee
    db.session.commit()
    return ["安然", "陈一鸣", "曾小红", "王佳宁"]


def test_names_are_in_the_order_of_their_pinyin(coordinator: PageClient, town: Town, teachers: list[str]) -> None:
    listed = names(coordinator.get("/desk/teachers?sort=name"))
    assert [name for name in listed if name in teachers] == ["安然", "陈一鸣", "王佳宁", "曾小红"]
    turned = names(coordinator.get("/desk/teachers?sort=-name"))
    assert turned == listed[::-1]


def test_a_list_is_sorted_by_a_column_and_says_so(coordinator: PageClient, town: Town, teachers: list[str]) -> None:
    page = coordinator.get("/desk/teachers?sort=-fee&q=")
    assert names(page)[:2] == ["陈一鸣", "曾小红"]
    headings = [heading for heading in page.elements("th") if heading.get("aria-sort")]
    assert [("".join(h.itertext()).strip(), h.get("aria-sort")) for h in headings] == [("Fee", "descending")]
    assert "/desk/teachers?sort=fee&q=" in page.links


@pytest.mark.parametrize("asked", ["", "nothing", "-", "name;drop", "x" * 5000])
def test_a_column_that_there_is_not_is_left_out(coordinator: PageClient, town: Town, asked: str) -> None:
    page = coordinator.get(f"/desk/teachers?{urlencode({'sort': asked})}")
    assert names(page) == names(coordinator.get("/desk/teachers"))


@pytest.mark.parametrize(
    ("address", "search", "found"),
    [
        ("/desk/teachers", "wangjian", "王佳宁"), ("/desk/teachers", "wjn", "王佳宁"),
        ("/desk/teachers", "Wang Jia", "王佳宁"), ("/desk/venues", "tushuguan", "奉化区图书馆"),
        ("/desk/venues", "FHQTSG", "奉化区图书馆"),
        ("/desk/courses", "shufa", "Calligraphy for beginners"),
    ],
)
def test_names_are_found_by_their_spelling(
    coordinator: PageClient, town: Town, teachers: list[str], address: str, search: str, found: str
) -> None:
    assert found in coordinator.get(f"{address}?{urlencode({'q': search})}").text


def test_a_spelling_follows_the_name(town: Town) -> None:
    town.teacher.name = "李白"
    db.session.commit()
    assert town.teacher.spelling == "li bai|libai|lb"


@pytest.mark.parametrize("address", ["venues", "venues/rooms", "courses", "teachers"])
def test_every_column_that_is_a_link_sorts(coordinator: PageClient, town: Town, address: str) -> None:
    page = coordinator.get(f"/desk/{address}")
    links = {link for link in page.links if "sort=" in link}
    assert len(links) >= 4
    rows = sorted(names(page))
    for link in links:
        assert sorted(names(coordinator.get(link))) == rows


@given(st.text(max_size=300))
def test_anything_can_be_spelled(text: str) -> None:
    syllables, joined, initials = spelling(text).rsplit("|", 2)
    assert joined == syllables.replace(" ", "")
    assert len(initials) == len(syllables.split())
