"""Reads series, their sections and the plans they can be checked in, within a scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from scheduler.audit.changesets import of_subject
from scheduler.core.database import Base
from scheduler.core.extensions import db
from scheduler.domain.series_coverage import communities_of, without_section
from scheduler.models import (
    ActivitySeries,
    ChangeSet,
    Course,
    Placement,
    Plan,
    Room,
    Section,
    SectionLearners,
    SeriesSection,
    Term,
)
from scheduler.web.access import Scope

T = TypeVar("T", bound=Base)


@dataclass(frozen=True)
class ListedSeries:
    """A series as the list shows it; ``missing`` of its ``communities`` have no section yet."""

    series: ActivitySeries
    communities: int
    missing: int
    sections: int


def listed_series(scope: Scope, term: Term) -> list[ListedSeries]:
    """The term's series in the scope by title, those that were archived last."""
    statement = (
        select(ActivitySeries)
        .join(ActivitySeries.unit)
        .where(ActivitySeries.term_id == term.id, scope.units())
        .order_by(ActivitySeries.archived_at.is_not(None), ActivitySeries.title_zh)
        .options(joinedload(ActivitySeries.unit), joinedload(ActivitySeries.content).joinedload(Course.subject))
    )
    return [_listed(series) for series in db.session.scalars(statement)]


def _listed(series: ActivitySeries) -> ListedSeries:
    counted = (
        select(func.count())
        .select_from(SeriesSection)
        .join(Section, Section.id == SeriesSection.section_id)
        .where(SeriesSection.series_id == series.id, Section.archived_at.is_(None))
    )
    missing = 0 if series.archived else len(without_section(series))
    return ListedSeries(series, len(communities_of(series)), missing, db.session.scalar(counted) or 0)


def series_in(scope: Scope, term: Term, series_id: int) -> ActivitySeries:
    """A series of the term, or 404 when it is unknown or its unit lies outside the scope."""
    statement = (
        select(ActivitySeries)
        .join(ActivitySeries.unit)
        .where(ActivitySeries.id == series_id, ActivitySeries.term_id == term.id, scope.units())
    )
    return db.one_or_404(statement.options(*_entries()))


def _entries() -> tuple[ExecutableOption, ...]:
    section = selectinload(ActivitySeries.entries).joinedload(SeriesSection.section)
    return (
        section.selectinload(Section.learners).joinedload(SectionLearners.community),
        section.selectinload(Section.allowed_venues),
    )


def update_of(series: ActivitySeries, update_id: int) -> ChangeSet:
    """Something that the series did, or 404."""
    return db.one_or_404(of_subject(series).where(ChangeSet.id == update_id))


def placements(plan: Plan, sections: Iterable[Section]) -> dict[int, Placement]:
    """Where a plan places those of the sections that it places, by section id."""
    ids = [section.id for section in sections]
    statement = (
        select(Placement)
        .where(Placement.plan_id == plan.id, Placement.section_id.in_(ids))
        .options(
            joinedload(Placement.section).joinedload(Section.course),
            joinedload(Placement.room).joinedload(Room.venue),
            joinedload(Placement.teacher),
            joinedload(Placement.meetings),
        )
    )
    return {placement.section_id: placement for placement in db.session.scalars(statement).unique()}
