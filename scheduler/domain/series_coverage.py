"""Which communities the series of a term are to reach, and which of them have no section for it yet."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from scheduler.core.extensions import db
from scheduler.models import ActivitySeries, Community, Section, SectionLearners, SeriesSection, Term, Unit


def series_of(term: Term) -> Sequence[ActivitySeries]:
    """The term's series by their title, without archived ones."""
    statement = select(ActivitySeries).where(ActivitySeries.term_id == term.id, ActivitySeries.archived_at.is_(None))
    return db.session.scalars(statement.order_by(ActivitySeries.title_zh)).all()


def communities_of(series: ActivitySeries) -> list[Community]:
    """The communities that a series is to reach, street by street; archived ones need nothing."""
    if series.chosen:
        standing = [community for community in series.chosen if not community.archived]
        return sorted(standing, key=lambda community: (community.unit.path, community.code))
    return below(series.unit)


def below(unit: Unit) -> list[Community]:
    """The communities of a unit and of all units below it, street by street."""
    statement = (
        select(Community)
        .join(Community.unit)
        .where(Unit.path.startswith(unit.path, autoescape=True), Community.archived_at.is_(None))
        .order_by(Unit.path, Community.code)
        .options(joinedload(Community.unit))
    )
    return list(db.session.scalars(statement))


def without_section(series: ActivitySeries) -> list[Community]:
    """The communities of a series for whose people no section of it is open."""
    served = set(
        db.session.scalars(
            select(SectionLearners.community_id)
            .join(SeriesSection, SeriesSection.section_id == SectionLearners.section_id)
            .join(Section, Section.id == SectionLearners.section_id)
            .where(SeriesSection.series_id == series.id, Section.archived_at.is_(None))
        )
    )
    return [community for community in communities_of(series) if community.id not in served]
