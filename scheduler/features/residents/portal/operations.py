"""Counts residents' wishes in the interest list of the term that is being prepared."""

from flask_babel import gettext as _
from sqlalchemy import Select, select

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.features.residents.portal.wishes import Wish, term_of
from scheduler.models import Community, Course, DemandSource, SourceKind

MAX_PEOPLE = 100_000


def count_wish(course: Course, community: Community) -> Wish:
    """One more person of the community would like the course."""
    term = term_of(community)
    if term is None:
        raise DomainError(_("No term is being prepared for your community. Please come back later."))
    wish = Wish(course.id, term.id, community.id)
    source = db.session.scalar(_source(wish))
    if source is None:
        source = DemandSource(
            term=term, course=course, community=community, kind=SourceKind.INTEREST, people=0, percent=100
        )
        db.session.add(source)
    if source.people >= MAX_PEOPLE:
        raise DomainError(_("The interest list of your community is full."))
    source.people += 1
    db.session.flush()
    return wish


def uncount_wish(wish: Wish) -> None:
    """One person fewer; whoever was the last takes the entry with them."""
    source = db.session.scalar(_source(wish))
    if source is None:
        return
    if source.people > 1:
        source.people -= 1
    else:
        db.session.delete(source)
    db.session.flush()


def _source(wish: Wish) -> Select[DemandSource]:
    """Locked, so that two wishes at the same moment are both counted."""
    return (
        select(DemandSource)
        .where(
            DemandSource.term_id == wish.term_id,
            DemandSource.course_id == wish.course_id,
            DemandSource.community_id == wish.community_id,
            DemandSource.kind == SourceKind.INTEREST,
        )
        .with_for_update()
    )
