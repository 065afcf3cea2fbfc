"""Term documents kept between requests are always what the rows say; after a pin only the sections pinned are read."""

from datetime import timedelta

from scheduler.core.database import column_values, now
from scheduler.core.extensions import db
from scheduler.domain.plans import published_plan
from scheduler.engine.documents.snapshot import term_document
from scheduler.engine.documents.term_cache import prepared
from scheduler.models import Plan, Term
from tests.client import PageClient
from tests.factories import Town
from tests.rows import section_row
from tests.scheduler.boards import draft, offers
from tests.scheduler.statements import sent_statements

__all__ = ["draft"]


def is_true(term: Term) -> bool:
    """Whether the kept document says what the rows say."""
    db.session.commit()
    return prepared(term).document == term_document(term, published_plan(term))


def reads_all(term: Term) -> bool:
    """Whether asking for the document reads the rooms' hours anew."""
    db.session.commit()
    with sent_statements() as sent:
        prepared(term)
    return any("FROM room_windows" in statement for statement in sent)


def pin(coordinator: PageClient, plan: Plan, section_id: int, part: str, pinned: str = "y") -> None:
    sent = {"section": section_id, "version": plan.version, "part": part, "pinned": pinned}
    coordinator.post(f"/desk/plans/{plan.id}/board/pin", sent)
    db.session.expire_all()


def test_after_pins_of_a_board_the_document_is_true_without_being_read_anew(
    coordinator: PageClient, draft: Plan, town: Town
) -> None:
    assert is_true(town.term)
    first, _second, third = (section.id for section in town.sections)
    for section_id, part, pinned in (
        (first, "hours", "y"), (third, "room", "y"), (first, "teacher", "y"), (first, "hours", ""), (third, "room", ""),
    ):
        pin(coordinator, draft, section_id, part, pinned)
        assert not reads_all(town.term)
        assert is_true(town.term)
    coordinator.post(f"/desk/plans/{draft.id}/board/undo", {"version": draft.version})
    assert is_true(town.term)


def test_the_board_knows_a_pin_at_once(coordinator: PageClient, draft: Plan, town: Town) -> None:
    board = f"/desk/plans/{draft.id}/board?section={town.sections[0].id}"
    assert sum(map(bool, offers(coordinator.get(board)).values())) > 1
    for part in ("hours", "room", "teacher"):
        pin(coordinator, draft, town.sections[0].id, part)
    assert len({place for place in offers(coordinator.get(board)).values() if place}) == 1


def test_whatever_else_changes_has_the_document_read_anew(
    coordinator: PageClient, draft: Plan, town: Town
) -> None:
    assert is_true(town.term)
    pin(coordinator, draft, town.sections[0].id, "room")
    town.teacher.windows[0].end_minute -= 60
    assert reads_all(town.term)
    assert is_true(town.term)
    town.sections[1].priority = 5
    town.sections[1].pinned_teacher_id = town.volunteer.id
    assert reads_all(town.term)
    assert is_true(town.term)


def test_a_pin_to_what_is_no_longer_in_use_brings_it_back_and_lets_it_go(town: Town) -> None:
    town.hall.archived_at = town.volunteer.archived_at = now()
    assert is_true(town.term)
    for room_id, teacher_id in ((town.hall.id, None), (town.hall.id, town.volunteer.id), (None, None)):
        town.sections[2].pinned_room_id, town.sections[2].pinned_teacher_id = room_id, teacher_id
        assert is_true(town.term)
        document = prepared(town.term).document
        has_room_and_teacher = f"r{town.hall.id}" in document.room, f"t{town.volunteer.id}" in document.teacher
        assert has_room_and_teacher == (bool(room_id), bool(teacher_id))


def test_pins_of_another_term_change_nothing(town: Town) -> None:
    facts = {name: value for name, value in column_values(town.term).items() if name != "id"}
    later = Term(**facts | {"name": "another", "first_day": town.term.first_day + timedelta(weeks=40)})
    other_section = section_row(later, town.course, town.street, "another section", {town.communities[0]: 20})
    db.session.add_all([later, other_section])
    assert is_true(town.term)
    assert is_true(later)
    before = prepared(town.term).document
    other_section.pinned_room_id = town.reading_room.id
    assert not reads_all(town.term)
    assert prepared(town.term).document == before
    assert is_true(later)
