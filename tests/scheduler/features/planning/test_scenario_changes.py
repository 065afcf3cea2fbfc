"""What a scenario does to a document, on random terms: each change changes just what it says."""

from random import Random
from typing import get_args

import pytest
from flask import Flask
from hypothesis import given, strategies

import solver
from scheduler.core.errors import DomainError
from scheduler.engine.analysis.changes import (
    AnyChange,
    ChangeBudgets,
    CloseRoom,
    CloseVenue,
    Granted,
    OpenVenue,
    TeacherLeaves,
    Weigh,
    apply_changes,
    read_change,
    read_changes,
    refuse_impossible,
    stored,
    write_change,
)
from scheduler.engine.analysis.what_if import fingerprint
from scheduler.engine.documents.codec import term_json
from scheduler.engine.words.change_words import change_sentence
from solver import ExtendAvailability, Hours, OpenRoom, RaiseBudget, TeachSubject, Term
from tests.solver.tiny import Case, legal_part, tiny_case

EARLY = (Hours(0, 300, 360), Hours(6, 300, 420))
TABLES = {
    "open venue": {"rooms"}, "close venue": {"rooms"}, "close room": {"rooms"}, "change budgets": {"units"},
    "teacher leaves": {"teachers"}, "weigh": {"weights"},
}
CHANGES: list[AnyChange] = [
    OpenVenue("v1", EARLY), CloseVenue("v0"), CloseRoom("r2"), ChangeBudgets(-10), ChangeBudgets(50, 20, "street"),
    TeacherLeaves("t1"), Weigh("distance", 100), Granted(OpenRoom("r0", EARLY)), Granted(RaiseBudget("street", 70)),
    Granted(ExtendAvailability("t0", EARLY)), Granted(TeachSubject("t0", "tai chi")),
]
cases = strategies.randoms(use_true_random=False).map(tiny_case)
terms = cases.map(lambda case: case.term)
some_changes = strategies.lists(strategies.sampled_from(CHANGES), max_size=6)


def differing(before: Term, after: Term) -> set[str]:
    """The tables of two documents that differ."""
    fields = before.__struct_fields__
    return {field for field in fields if getattr(before, field) != getattr(after, field)}


@given(terms)
def test_no_change_is_no_difference(term: Term) -> None:
    changed, vanished = apply_changes(term, [])
    assert changed == term and not vanished
    assert fingerprint(changed) == fingerprint(term)


@given(terms, strategies.sampled_from(CHANGES))
def test_each_change_touches_only_what_it_is_about(term: Term, change: AnyChange) -> None:
    changed, vanished = apply_changes(term, [change])
    assert not vanished
    tables = TABLES.get(str(change.__struct_config__.tag)) or {"rooms", "teachers", "units"}
    assert differing(term, changed) <= tables
    solver.read_term(term_json(changed))
    for table in tables - {"weights"}:
        about = {str(value) for value in (getattr(change, name, None) for name in change.__struct_fields__)}
        for before, after in zip(getattr(term, table), getattr(changed, table), strict=True):
            assert before.id == after.id
            named = before.id in about or getattr(before, "venue", None) in about or before.id in repr(change)
            assert before == after or named or isinstance(change, ChangeBudgets)


@given(terms, some_changes, some_changes)
def test_changes_follow_one_another(term: Term, first: list[AnyChange], then: list[AnyChange]) -> None:
    assert apply_changes(apply_changes(term, first)[0], then) == apply_changes(term, [*first, *then])


@given(some_changes)
def test_changes_are_kept_as_json_and_read_again(changes: list[AnyChange]) -> None:
    assert read_changes(stored(changes)) == changes
    assert [read_change(write_change(change)) for change in changes] == changes


@given(cases)
def test_a_closed_room_and_a_teacher_who_left_are_legal_in_no_plan(case: Case) -> None:
    closed, _vanished = apply_changes(case.term, [CloseVenue("v0"), CloseRoom("r1")])
    gone, _vanished = apply_changes(case.term, [TeacherLeaves("t0"), TeacherLeaves("t1")])
    for name, placement in legal_part(case).placed.items():
        for term in (closed, gone):
            assert solver.check(term, solver.Plan({name: placement})).violations


@given(terms)
def test_budgets_change_by_the_share_and_then_by_the_amount(term: Term) -> None:
    changed, _vanished = apply_changes(term, [ChangeBudgets(-10, 5)])
    for before, after in zip(term.units, changed.units, strict=True):
        assert after.budget == (None if before.budget is None else before.budget * 9 // 10 + 5)
    assert {unit.budget for unit in apply_changes(term, [ChangeBudgets(0, -1_000_000)])[0].units} <= {None, 0}


def test_what_is_not_there_is_told_and_the_others_hold() -> None:
    term = tiny_case(Random(1)).term
    changes: list[AnyChange] = [
        CloseRoom("r9"), TeacherLeaves("t0"), OpenVenue("v9", EARLY), Granted(OpenRoom("r9", EARLY)),
        ChangeBudgets(1, 0, "moon"), Weigh("beauty", 10),
    ]
    changed, vanished = apply_changes(term, changes)
    assert vanished == [change for change in changes if change != TeacherLeaves("t0")]
    assert changed.teacher["t0"].available == ()


def test_another_version_is_not_guessed_at(app: Flask) -> None:
    with pytest.raises(ValueError, match="version 2"):
        read_changes({"version": 2, "changes": []})
    with app.test_request_context(), pytest.raises(DomainError):
        refuse_impossible(tiny_case(Random(1)).term, [TeacherLeaves("t0")] * 41)


def test_every_kind_of_change_has_words(app: Flask) -> None:
    tags = {str(kind.__struct_config__.tag) for kind in get_args(AnyChange)}
    assert tags == {str(change.__struct_config__.tag) for change in CHANGES}
    with app.test_request_context():
        said = [change_sentence(change) for change in CHANGES]
    assert len(set(said)) == len(CHANGES) and not any("%(" in sentence for sentence in said)
