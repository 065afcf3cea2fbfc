"""The audit trail: written with every change, in its transaction, and never changed."""

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DatabaseError

from scheduler.audit import trail
from scheduler.core.extensions import db
from scheduler.models import Action, AuditEntry, Community, Feature, PlaceSource
from tests.client import PageClient
from tests.factories import Town


def entries_of(table: str, row: object) -> list[AuditEntry]:
    wanted = select(AuditEntry).where(AuditEntry.table == table, AuditEntry.row == str(row)).order_by(AuditEntry.id)
    return list(db.session.scalars(wanted))


def test_creation_change_and_deletion_are_recorded_column_by_column(town: Town) -> None:
    community = town.communities[0]
    community.name, community.place_source = "东门新村", PlaceSource.KNOWN
    db.session.flush()
    created, changed = entries_of("communities", community.id)
    assert created.action is Action.CREATE and created.changes["name"] == [None, "东门社区"]
    assert changed.action is Action.UPDATE
    assert changed.changes == {"name": ["东门社区", "东门新村"], "place_source": ["assumed", "known"]}
    feature = Feature(code="piano", name_zh="钢琴", name_en="piano")
    db.session.add(feature)
    db.session.flush()
    db.session.delete(feature)
    db.session.flush()
    assert [entry.action for entry in entries_of("features", "piano")] == [Action.CREATE, Action.DELETE]


def test_nothing_is_recorded_where_nothing_changed(town: Town) -> None:
    before = db.session.scalar(select(func.count(AuditEntry.id)))
    town.communities[0].name = "东门社区"
    db.session.flush()
    assert db.session.scalar(select(func.count(AuditEntry.id))) == before


def test_a_change_taken_back_leaves_no_trace(town: Town) -> None:
    community = town.communities[0]
    number = len(entries_of("communities", community.id))
    attempt = db.session.begin_nested()
    community.name = "another"
    db.session.flush()
    assert len(entries_of("communities", community.id)) == number + 1
    attempt.rollback()
    assert len(entries_of("communities", community.id)) == number


def test_secrets_are_not_written_into_the_trail(town: Town) -> None:
    user = town.users["library"]
    user.password_hash, user.session_key, user.name = "another hash", "another key", "Front desk"
    db.session.flush()
    assert entries_of("users", user.id)[-1].changes == {"name": ["Library", "Front desk"]}


def test_work_outside_requests_is_recorded_as_the_users_who_asked_for_it(town: Town) -> None:
    community = town.communities[0]
    with trail.acting_as(town.users["coordinator"].id):
        community.population += 1
        db.session.flush()
    community.population += 1
    db.session.flush()
    by_user, by_system = entries_of("communities", community.id)[-2:]
    assert (by_user.user, by_system.user) == (town.users["coordinator"], None)


def test_a_refused_page_records_nothing(coordinator: PageClient, town: Town) -> None:
    before = db.session.scalar(select(func.count(AuditEntry.id)))
    coordinator.post("/desk/network/communities/new", {"name": "no code"})
    assert db.session.scalar(select(func.count(AuditEntry.id))) == before


@pytest.mark.parametrize("statement", [update(AuditEntry).values(row="1"), delete(AuditEntry)])
def test_the_database_itself_refuses_to_change_the_trail(town: Town, statement: object) -> None:
    number = db.session.scalar(select(func.count(AuditEntry.id)))
    with pytest.raises(DatabaseError, match="only ever added to"), db.session.begin_nested():
        db.session.execute(statement)  # type: ignore[call-overload]
    assert number and db.session.scalar(select(func.count(AuditEntry.id))) == number


def test_a_change_past_the_objects_is_refused_as_well(town: Town) -> None:
    with pytest.raises(DatabaseError), db.session.begin_nested():
        db.session.execute(text("DELETE FROM audit_entries"))
    assert db.session.scalar(select(func.count(Community.id))) == 4
