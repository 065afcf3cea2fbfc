"""Setting a substitute, letting them go, and cancelling a session for which nobody is found.

The database judges between two at once: the teacher's row and the covers' rows are held until the end, so that
whoever comes second sees what the first has done.
"""

from collections.abc import Sequence

from flask_babel import format_date, gettext as _
from sqlalchemy import select

from scheduler.core.clock import today
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.covers import release, take_back
from scheduler.domain.publishing.calendar_feed import record_covers
from scheduler.domain.teacher_answers import locked
from scheduler.engine.analysis.ranking import obstacle_of
from scheduler.engine.analysis.substitutes import for_session
from scheduler.models import (
    HOLDING_STATUSES,
    BookedSession,
    Booking,
    Cover,
    CoverStatus,
    Plan,
    PlanStatus,
    Substitution,
    Teacher,
)


def set_substitute(covers: Sequence[Cover], teacher: Teacher, user_id: int) -> list[Substitution]:
    """Ask a teacher to stand in for these sessions; all of them or none.

    Raises DomainError that names the session for which they do not fit, or that somebody has been set for since.
    """
    _hold(covers, teacher)
    return [_ask(cover, teacher, user_id) for cover in covers]


def let_go(cover: Cover) -> None:
    """The substitute is no longer needed; somebody else may be asked."""
    locked(cover)
    if cover.status is not CoverStatus.COVERED:
        raise DomainError(_("Nobody stands in for this session."))
    release(cover)
    db.session.flush()
    record_covers([cover])


def cancel(cover: Cover, reason: str) -> Cover:
    """The session is not held; its room becomes free and residents are told why."""
    locked(cover)
    if cover.status is not CoverStatus.OPEN:
        raise DomainError(_("Only a session for which nobody is found can be cancelled."))
    cover.status, cover.reason = CoverStatus.CANCELLED, reason
    _keep_room(cover, False)
    record_covers([cover])
    return cover


def hold_after_all(cover: Cover) -> None:
    """Take a cancellation back; IntegrityError (``ex_booked_sessions_room``) when the room has been taken since."""
    locked(cover)
    if cover.status is not CoverStatus.CANCELLED:
        raise DomainError(_("This session is not cancelled."))
    release(cover)
    _keep_room(cover, True)
    record_covers([cover])


def take_single_back(cover: Cover) -> Cover:
    """The teacher gives a single session after all; one that follows from an absence ends with it."""
    locked(cover)
    if cover.whole_day:
        raise DomainError(_("This follows from an absence in the teacher's record. Change its dates or hours there."))
    take_back(cover)
    db.session.flush()
    return cover


def _hold(covers: Sequence[Cover], teacher: Teacher) -> None:
    """Publishing waits for us and we for it; then teacher and sessions, always in this order."""
    published = select(Plan.id).where(
        Plan.status == PlanStatus.PUBLISHED, Plan.term_id.in_({cover.section.term_id for cover in covers})
    )
    db.session.execute(published.order_by(Plan.id).with_for_update(read=True)).all()
    ids = [cover.id for cover in covers]
    db.session.expire_all()  # what others have done until now counts
    locked(teacher)
    db.session.execute(select(Cover.id).where(Cover.id.in_(ids)).order_by(Cover.id).with_for_update()).all()


def _ask(cover: Cover, teacher: Teacher, user_id: int) -> Substitution:
    day = format_date(cover.date, "medium")
    if cover.status is not CoverStatus.OPEN or cover.date < today():
        raise DomainError(_("%(date)s: this session has been arranged by somebody else since.", date=day))
    obstacles = for_session(cover).obstacles_of(teacher.id)
    if obstacles is None or obstacles:
        why = obstacle_of(obstacles) if obstacles else _("not a teacher of the subject")
        raise DomainError(_("%(date)s: %(name)s does not fit (%(why)s).", date=day, name=teacher.name, why=why))
    substitution = Substitution(
        section_id=cover.section_id, date=cover.date, start_minute=cover.start_minute, end_minute=cover.end_minute,
        teacher=teacher, asked_by_id=user_id,
    )  # fmt: skip
    cover.substitutions.append(substitution)
    cover.status = CoverStatus.COVERED
    db.session.flush()
    return substitution


def _keep_room(cover: Cover, holds: bool) -> None:
    statement = (
        select(BookedSession)
        .join(BookedSession.booking)
        .join(Booking.plan)
        .where(
            Plan.status == PlanStatus.PUBLISHED,
            Booking.section_id == cover.section_id,
            Booking.status.in_(HOLDING_STATUSES),
            BookedSession.date == cover.date,
            BookedSession.start_minute == cover.start_minute,
        )
    )
    for session in db.session.scalars(statement):
        session.holds = holds
    db.session.flush()
