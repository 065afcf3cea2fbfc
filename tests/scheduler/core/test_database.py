"""What the database itself keeps, whatever the program does, on either kind of database."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from scheduler.core.database import column_values
from scheduler.core.errors import constraint_name, domain_error
from scheduler.core.extensions import db
from scheduler.models import Community, Grant, Role, Unit, User
from tests.factories import Town

SHANGHAI = timezone(timedelta(hours=8))


def refused(row: object) -> IntegrityError:
    """The error that adding the row raises."""
    attempt = db.session.begin_nested()
    db.session.add(row)
    with pytest.raises(IntegrityError) as caught:
        db.session.flush()
    attempt.rollback()
    return caught.value


def test_a_moment_comes_back_in_utc(town: Town) -> None:
    user = town.users["library"]
    user.created_at = datetime(2027, 3, 1, 8, 30, tzinfo=SHANGHAI)
    db.session.commit()
    assert user.created_at == datetime(2027, 3, 1, 0, 30, tzinfo=UTC)
    assert user.created_at.utcoffset() == timedelta(0)


def test_a_moment_without_its_zone_is_refused(town: Town) -> None:
    town.users["library"].created_at = datetime(2027, 3, 1)  # noqa: DTZ001 - the mistake to be refused
    with pytest.raises(StatementError, match="needs its time zone"):
        db.session.flush()
    db.session.rollback()


def test_a_row_that_refers_to_nothing_is_refused(town: Town) -> None:
    refused(Grant(user_id=town.users["resident"].id, role=Role.COORDINATOR, unit_id=999_999))


def test_what_is_still_referred_to_cannot_be_deleted_and_the_message_says_what_to_do(app: Flask, town: Town) -> None:
    with pytest.raises(IntegrityError) as caught, db.session.begin_nested():
        db.session.execute(text("DELETE FROM venues"))
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert "Archive it instead." in str(domain_error(caught.value))


def test_a_value_outside_its_enumeration_is_refused(town: Town) -> None:
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(text("UPDATE units SET level = 'empire'"))


def test_numbers_outside_their_bounds_are_refused(town: Town) -> None:
    wrong = Community(
        code="1", name="x", unit_id=town.street.id, population=-1, latitude=29, longitude=121, place_source="known"
    )
    assert constraint_name(refused(wrong)) == "ck_communities_population"


def test_a_role_without_its_place_is_refused(town: Town) -> None:
    error = refused(Grant(user_id=town.users["resident"].id, role=Role.COORDINATOR))
    assert constraint_name(error) == "ck_grants_coordinator_of_unit"


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (Unit(code="330213", name="x", level="county", path="x/", parent_id=1), "uq_units_code"),
        (User(username="library", name="x", password_hash="x", session_key="x"), "uq_users_username"),
    ],
)
def test_a_broken_rule_is_named_alike_on_both_databases(town: Town, row: object, name: str) -> None:
    error = refused(row)
    assert constraint_name(error) == name
    assert domain_error(error).field in {"code", "username"}


def test_column_values_are_the_rows_own(town: Town) -> None:
    values = column_values(town.communities[0])
    assert values["name"] == "东门社区" and "unit" not in values


def test_two_writers_wait_for_each_other_instead_of_failing(app: Flask, town: Town) -> None:
    community, rounds = town.communities[0].id, 20
    db.session.commit()
    barrier, failures = threading.Barrier(2), []

    def count() -> None:
        barrier.wait()
        for _round in range(rounds):
            try:
                with app.app_context():
                    row = db.session.scalars(select(Community).where(Community.id == community).with_for_update()).one()
                    row.population += 1
                    db.session.commit()
            except Exception as error:  # noqa: BLE001 - whatever it is, the main thread reports it
                failures.append(error)

    threads = [threading.Thread(target=count) for _writer in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert db.session.get_one(Community, community).population == 2000 + 2 * rounds
