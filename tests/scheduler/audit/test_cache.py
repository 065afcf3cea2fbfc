"""Cached values are made anew when a table that they rest on has changed, and only then."""

import re
from collections.abc import Callable, Hashable
from typing import TypeVar

import pytest
from flask import Flask

from scheduler.audit.cache import AuditCache
from scheduler.audit.invalidation import INVALIDATES, CachedValue
from scheduler.core.extensions import db
from scheduler.domain.plans import published_plan
from scheduler.domain.workflow import progress_of
from scheduler.engine.documents.snapshot import term_document
from scheduler.models import Booking, Plan, User
from tests.client import PageClient
from tests.factories import Town, build_bookings, build_plan, sign_in_as
from tests.scheduler.statements import sent_statements

T = TypeVar("T")
TABLE = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)|,\s+(\w+)(?=\s*(?:,|WHERE|GROUP|ORDER|$))")
CHARTS = ("", "/rooms", "/teachers", "/fairness", "/budgets")


@pytest.fixture
def plan(town: Town) -> Plan:
    """A published plan of the whole city, whose venues have been asked."""
    town.term.unit = town.city
    plan = build_plan(town)
    build_bookings(plan)
    db.session.commit()
    return plan


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> dict[CachedValue, set[str]]:
    """By cached value the audited tables that are read while one is made, from now on."""
    reads: dict[CachedValue, set[str]] = {}
    get_or_create = AuditCache.get_or_create

    def watched(cache: AuditCache, key: Hashable, create: Callable[[], T]) -> T:
        def create_watched() -> T:
            with sent_statements() as sent:
                value = create()
            reads.setdefault(cache._kind, set()).update(audited_tables(sent))
            return value

        return get_or_create(cache, key, create_watched)

    monkeypatch.setattr(AuditCache, "get_or_create", watched)
    return reads


def audited_tables(statements: list[str]) -> set[str]:
    """The audited tables from which these statements read."""
    names = {name for statement in statements for found in TABLE.findall(statement) for name in found}
    return names & set(INVALIDATES)


def outdated_by(tables: set[str], value: CachedValue) -> set[str]:
    """Those of the tables whose changes make the value outdated."""
    return {table for table in tables if value in INVALIDATES[table]}


def test_every_table_that_a_cached_value_reads_makes_it_outdated(
    app: Flask, client: PageClient, plan: Plan, town: Town, reads: dict[CachedValue, set[str]]
) -> None:
    administrator = sign_in_as(app, "administrator")
    for chart in CHARTS:
        administrator.get(f"/desk/plans/{plan.id}/pictures{chart}")
    administrator.get(f"/desk/terms/{town.term.id}")
    client.get("/")
    assert set(reads) == {CachedValue.PLAN_FIGURES, CachedValue.TERM_PROGRESS, CachedValue.PORTAL_OFFERS}
    assert all("placements" in tables for tables in reads.values())
    reads[CachedValue.PORTAL_OFFERS].remove("placements")  # those of a published plan never change
    for value, tables in reads.items():
        assert tables == outdated_by(tables, value)


def test_every_table_that_goes_into_a_term_document_makes_it_outdated(plan: Plan, town: Town) -> None:
    db.session.commit()
    with sent_statements() as sent:
        term_document(town.term, published_plan(town.term))
    tables = audited_tables(sent) - {"placements"}  # those of a published plan never change
    assert {"rooms", "teachers", "sections"} < tables == outdated_by(tables, CachedValue.TERM_DOCUMENT)


def test_progress_is_counted_anew_after_a_booking_but_not_after_a_user(plan: Plan, town: Town) -> None:
    first = progress_of(town.term)
    db.session.get_one(User, town.users["library"].id).name = "Front desk"
    db.session.commit()
    assert progress_of(town.term) is first
    db.session.delete(db.session.scalars(db.select(Booking)).first())
    db.session.commit()
    assert progress_of(town.term).requested == first.requested - 1
