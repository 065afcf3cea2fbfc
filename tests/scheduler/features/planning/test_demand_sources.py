"""Sources of demand, and the demand worked out from them, through the pages."""

from datetime import date
from operator import itemgetter

import pytest
from flask import Flask
from hypothesis import given, strategies as st
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.domain.cost_weights import DEFAULT_WEIGHTS
from scheduler.domain.demand import combined
from scheduler.models import AuditEntry, Community, Demand, DemandSource, RowState, SourceKind, Term
from tests.client import Page, PageClient
from tests.factories import Town, sign_in_as
from tests.workbooks import apply, column, counts, downloaded, line, messages, template, undo, upload

KINDS = st.sampled_from(SourceKind)


def address(town: Town, rest: str = "") -> str:
    return f"/desk/terms/{town.term.id}/demand/sources{rest}"


def source(town: Town, community: Community, kind: SourceKind, people: int, **more: object) -> DemandSource:
    facts = {"term": town.term, "course": town.course, "community": community, "percent": 100, **more}
    made = DemandSource(kind=kind, people=people, **facts)
    db.session.add(made)
    db.session.commit()
    return made


def sources_of(term: Term) -> dict[tuple[str, str, str], int]:
    entries = db.session.scalars(select(DemandSource).where(DemandSource.term_id == term.id))
    return {(entry.course.title_zh, entry.community.name, entry.kind.value): entry.people for entry in entries}


def demand_of(town: Town) -> dict[str, tuple[int, bool]]:
    db.session.expire_all()
    entries = db.session.scalars(select(Demand).where(Demand.term_id == town.term.id))
    return {entry.community.name: (entry.people, entry.worked_out) for entry in entries}


def undo_address(page: Page) -> str:
    return str(next(form.get("action") for form in page.elements("form") if "/undo" in (form.get("action") or "")))


def test_without_sources_the_list_says_what_to_do_next(coordinator: PageClient, town: Town) -> None:
    page = coordinator.get(address(town))
    assert "No sources yet" in page.text
    assert address(town, "/take-over") in page.links and address(town, "/new") in page.links
    assert "the largest of three numbers" in page.text


def test_a_source_is_entered_recorded_edited_in_place_removed_and_brought_back(
    coordinator: PageClient, town: Town
) -> None:
    place = {"course": town.course.id, "community": town.communities[0].id}
    data = {**place, "kind": "survey", "people": 40, "percent": 60}
    page = coordinator.post(address(town, "/new"), data)
    assert "东门社区: 40 people." in page.text
    made = db.session.scalars(select(DemandSource)).one()
    assert (made.people, made.percent) == (40, 60)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None and (entry.table, entry.action) == ("demand_sources", "create")
    assert "of whom 60% count" in coordinator.get(address(town)).text
    assert "1 entry changed." in coordinator.post(address(town), {f"people_{made.id}": 44}).text
    assert sources_of(town.term) == {("书法入门", "东门社区", "survey"): 44}
    page = coordinator.post(address(town), {f"people_{made.id}": 44, "remove": made.id})
    assert not sources_of(town.term)
    restore = next(form.get("action") for form in page.elements("form") if "restore" in (form.get("action") or ""))
    assert "The source is back." in coordinator.post(restore).text
    back = db.session.scalars(select(DemandSource)).one()
    assert (back.people, back.percent, back.kind) == (44, 60, SourceKind.SURVEY)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"people": 0}, "Write a number from 1 to 100,000"),
        ({"people": 100_001}, "Write a number from 1 to 100,000"),
        ({"percent": 0}, "Write a number from 1 to 100."),
        ({"kind": "waiting", "percent": 60}, "Only a survey is counted in part."),
        ({"kind": "gossip"}, "Invalid Choice"),
        ({"course": ""}, "Choose “Course”."),
        ({"kind": "past"}, "This source says already how many people"),
    ],
)
def test_a_wrong_source_is_refused_in_words(
    coordinator: PageClient, town: Town, wrong: dict[str, object], message: str
) -> None:
    source(town, town.communities[0], SourceKind.PAST, 5)
    place = {"course": town.course.id, "community": town.communities[0].id}
    data = {**place, "kind": "survey", "people": 9, "percent": 100}
    assert message in coordinator.post(address(town, "/new"), {**data, **wrong}).text
    assert sources_of(town.term) == {("书法入门", "东门社区", "past"): 5}


def test_the_rule_takes_the_largest_of_three(town: Town) -> None:
    """20 past and 6 waiting are 26; 60 of a hundred of 40 are 24; 10 interested."""
    community = town.communities[0]
    sources = [
        source(town, community, SourceKind.PAST, 20),
        source(town, community, SourceKind.WAITING, 6),
        source(town, community, SourceKind.SURVEY, 40, percent=60),
        source(town, community, SourceKind.INTEREST, 10),
    ]
    assert combined(sources) == 26
    assert combined(sources[1:]) == 24
    assert combined([sources[1], sources[3]]) == 10


@given(
    st.lists(st.tuples(KINDS, st.integers(1, 100_000), st.integers(1, 100)), max_size=4, unique_by=itemgetter(0))
)
def test_no_source_more_makes_the_demand_smaller_and_it_stays_within_bounds(
    given_sources: list[tuple[SourceKind, int, int]],
) -> None:
    sources = [
        DemandSource(kind=kind, people=people, percent=percent if kind is SourceKind.SURVEY else 100)
        for kind, people, percent in given_sources
    ]
    results = [combined(sources[:number]) for number in range(len(sources) + 1)]
    assert results == sorted(results)
    assert 0 <= results[-1] <= 100_000


def test_working_out_previews_writes_and_is_undone(coordinator: PageClient, town: Town) -> None:
    east, west, village, _other = town.communities
    source(town, east, SourceKind.PAST, 12)
    source(town, east, SourceKind.WAITING, 3)
    source(town, west, SourceKind.SURVEY, 20, percent=50)
    source(town, village, SourceKind.INTEREST, 8)
    db.session.add_all([
        Demand(term=town.term, course=town.course, community=west, people=7, assumed=True),
        Demand(term=town.term, course=town.course, community=village, people=5),
    ])
    db.session.commit()
    page = coordinator.get(address(town, "/work-out"))
    assert "1 new 1 changed 1 typed by somebody 0 unchanged" in page.text
    assert demand_of(town) == {"西溪社区": (7, False), "大成村": (5, False)}
    page = coordinator.post(address(town, "/work-out"), {})
    assert "2 entries changed." in page.text
    assert demand_of(town) == {"东门社区": (15, True), "西溪社区": (10, True), "大成村": (5, False)}
    assert "past learners 12" in page.text and "waiting list 3" in page.text
    assert "2 entries are as before." in coordinator.post(undo_address(page)).text
    assert demand_of(town) == {"西溪社区": (7, False), "大成村": (5, False)}
    entry = db.session.scalars(select(Demand).where(Demand.community_id == west.id)).one()
    assert entry.assumed


def test_a_typed_number_is_replaced_only_when_it_is_ticked(coordinator: PageClient, town: Town) -> None:
    source(town, town.communities[2], SourceKind.INTEREST, 8)
    entry = Demand(term=town.term, course=town.course, community=town.communities[2], people=5)
    db.session.add(entry)
    db.session.commit()
    assert "Nothing had to be changed." in coordinator.post(address(town, "/work-out"), {}).text
    assert demand_of(town) == {"大成村": (5, False)}
    coordinator.post(address(town, "/work-out"), {"typed": entry.id})
    assert demand_of(town) == {"大成村": (8, True)}


def test_what_somebody_changed_since_keeps_the_whole_from_being_undone(coordinator: PageClient, town: Town) -> None:
    source(town, town.communities[0], SourceKind.PAST, 12)
    page = coordinator.post(address(town, "/work-out"), {})
    entry = db.session.scalars(select(Demand)).one()
    coordinator.post(f"/desk/terms/{town.term.id}/demand", {f"people_{entry.id}": 14})
    assert "somebody has changed numbers of 东门社区" in coordinator.post(undo_address(page)).text
    assert demand_of(town) == {"东门社区": (14, False)}


def earlier_term(town: Town) -> Term:
    """The term before, in which nothing is held yet."""
    term = Term(
        unit=town.district, name="2026 年秋季学期", first_day=date(2026, 9, 7), weeks=16, weights=dict(DEFAULT_WEIGHTS)
    )
    db.session.add(term)
    return term


def test_the_learners_of_an_earlier_term_become_a_source(coordinator: PageClient, town: Town) -> None:
    """The town moves its sections there: 12 of 东门社区, 8 of 西溪社区 and 15 of 大成村 learned to write."""
    earlier = earlier_term(town)
    for section in town.sections:
        section.term = earlier
    source(town, town.communities[0], SourceKind.PAST, 99)
    page = coordinator.post(address(town, "/take-over"), {"source": earlier.id, "kinds": "past"})
    assert "5 entries changed." in page.text
    expected = {
        ("书法入门", "东门社区", "past"): 12,
        ("书法入门", "西溪社区", "past"): 8,
        ("书法入门", "大成村", "past"): 15,
        ("广场舞", "大成村", "past"): 10,
        ("广场舞", "金钟村", "past"): 20,
    }
    assert sources_of(town.term) == expected
    coordinator.post(undo_address(page))
    assert sources_of(town.term) == {("书法入门", "东门社区", "past"): 99}


def test_a_street_coordinator_works_on_their_communities_only(app: Flask, town: Town) -> None:
    source(town, town.communities[2], SourceKind.PAST, 15)
    own_source = source(town, town.communities[0], SourceKind.PAST, 12)
    street = sign_in_as(app, "street")
    page = street.get(address(town))
    assert "东门社区" in page.text and "大成村" not in page.text
    street.post(address(town), {f"people_{own_source.id}": 12, "remove": own_source.id + 999}, status=404)
    street.post(address(town, "/work-out"), {})
    assert demand_of(town) == {"东门社区": (12, True)}
    step = sign_in_as(app, "coordinator")
    step.post(address(town, "/steps/1/undo"), {}, status=404)


def test_sources_go_to_excel_and_come_back(coordinator: PageClient, town: Town) -> None:
    made = source(town, town.communities[0], SourceKind.SURVEY, 40, percent=60)
    url = f"/desk/terms/{town.term.id}/excel/demand_sources"
    (sheet,) = downloaded(coordinator, f"{url}.xlsx").values()
    sheet[1][column(sheet[0], "People")] = 50
    facts = {"Course": "书法入门", "Community": "西溪社区", "Source": "候补", "People": 7}
    upload(coordinator, url, {"Sources of demand": [*sheet, line(sheet[0], **facts)]})
    assert (counts(), messages()) == ({RowState.CHANGED: 1, RowState.NEW: 1}, [])
    apply(coordinator)
    assert sources_of(town.term) == {("书法入门", "东门社区", "survey"): 50, ("书法入门", "西溪社区", "waiting"): 7}
    db.session.refresh(made)
    assert made.percent == 60
    undo(coordinator)
    db.session.expire_all()
    assert sources_of(town.term) == {("书法入门", "东门社区", "survey"): 40}


def test_a_wrong_share_in_a_workbook_is_named_at_its_column(coordinator: PageClient, town: Town) -> None:
    url = f"/desk/terms/{town.term.id}/excel/demand_sources"
    head = template(coordinator, url)
    facts = {"Course": "书法入门", "Community": "西溪社区", "Source": "interest list", "People": 7}
    row = line(head, **facts, Counted_of_a_hundred=50)
    upload(coordinator, url, {"Sources of demand": [head, row]})
    assert messages() == [
        ("demand_sources", 2, "percent", "Only a survey is counted in part. Write 100 for the other sources.")
    ]
