"""What every table and every coded value has to have."""

from enum import StrEnum

import pytest
from flask import Flask
from sqlalchemy import Index, UniqueConstraint

import scheduler.models
from scheduler.audit.invalidation import INVALIDATES
from scheduler.core.database import Base
from scheduler.core.errors import CONSTRAINTS
from scheduler.features.registers.accounts.trail import TABLES
from scheduler.models import ChangeSetKind, FeedStatus
from scheduler.web.labels import label

CLASSES = [mapper.base_mapper.class_ for mapper in Base.registry.mappers]  # details are told of with what they detail
AUDITED = {kind.__tablename__ for kind in CLASSES if getattr(kind, "__audited__", False)}
NOT_AUDITED = {
    "audit_entries": "the trail itself",
    "booked_sessions": "follows from its booking, which is audited",
    "change_entries": "how rows stood, for taking a change back; the changes themselves are audited",
    "census": "published figures, loaded with their source",
    "feed_events": "counts what calendars were told",
    "heading_choices": "how a user's own headings are read; it changes no entry",
    "import_files": "the file of a workbook, which is audited itself",
    "import_rows": "what a workbook says; what it changes is audited where it changes",
    "installation": "one row, written when the installation is made",
    "meetings": "follows from its placement, which is audited",
    "proposed_courses": "what the location model answered; what is accepted is audited as sections",
    "proposed_learners": "the same, for the people of a proposed section",
    "search_points": "the curve of a job, written by the search",
}
# No form can break these: what they guard is written by the program alone.
WITHOUT_MESSAGE = {
    "uq_bookings_live", "uq_budgets_term_id_unit_id", "uq_change_sets_subject_subject_id_version", "uq_feed_events_uid",
    "uq_proposed_courses_run_id_course_id", "uq_room_closures_room_id_date",
    "uq_teacher_absences_teacher_id_date", "uq_users_session_key", "uq_jobs_active",  # said by the kind of the job
    "uq_activity_series_course_id", "uq_event_items_course_id",
}
ENUMERATIONS = [
    kind for kind in vars(scheduler.models).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum)
    and kind not in {StrEnum, FeedStatus, ChangeSetKind}  # for calendars, and for the feature that made the change
]


def test_every_table_is_audited_or_says_why_not() -> None:
    assert {kind.__tablename__ for kind in CLASSES} - AUDITED == set(NOT_AUDITED)


def test_what_every_audited_table_makes_outdated_is_said_and_nothing_else() -> None:
    assert set(INVALIDATES) == AUDITED


def test_every_audited_table_has_a_word_in_the_trail() -> None:
    assert set(TABLES) == AUDITED


@pytest.mark.parametrize("kind", ENUMERATIONS, ids=lambda kind: str(kind.__name__))
def test_every_coded_value_has_a_word_of_its_own(app: Flask, kind: type[StrEnum]) -> None:
    with app.test_request_context():
        words = [label(member) for member in kind]
    assert all(words) and len(set(words)) == len(words)


def test_every_rule_of_uniqueness_that_a_form_can_break_has_a_message_and_every_message_a_rule() -> None:
    unique = {
        str(rule.name)
        for table in Base.metadata.tables.values() for rule in (*table.constraints, *table.indexes)
        if isinstance(rule, UniqueConstraint) or (isinstance(rule, Index) and rule.unique)
    }
    assert unique - WITHOUT_MESSAGE <= set(CONSTRAINTS)
    assert set(CONSTRAINTS) - unique == {"ex_booked_sessions_room"}
