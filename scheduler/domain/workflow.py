"""The term as a path: ready, plan, adjust, publish and ask, answers; shown on every page of a term with its counts."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString, format_number, gettext as _, lazy_gettext as _l, ngettext
from sqlalchemy import Select, distinct, func, or_, select
from sqlalchemy.orm import aliased

from scheduler.audit.cache import AuditCache
from scheduler.audit.invalidation import CachedValue
from scheduler.core.clock import today
from scheduler.core.extensions import db
from scheduler.domain.publishing.unsettled import unsettled_sections
from scheduler.domain.term_scope import may_plan
from scheduler.models import (
    HOLDING_STATUSES,
    Assignment,
    AssignmentStatus,
    Booking,
    BookingStatus,
    Cover,
    CoverStatus,
    Placement,
    Plan,
    PlanStatus,
    Section,
    Term,
)
from scheduler.web.access import Scope

STAGES: dict[str, tuple[LazyString, str]] = {
    "ready": (_l("Ready"), "planning.readiness"),
    "plan": (_l("Plan"), "planning.show"),
    "adjust": (_l("Adjust"), "board.adjust"),
    "publish": (_l("Publish and ask"), "planning.publish_page"),
    "venues": (_l("Answers"), "bookings.requests"),
}

REFUSED_STATUSES = (BookingStatus.DECLINED, BookingStatus.COUNTERED, BookingStatus.EXPIRED)


@dataclass(frozen=True)
class TermStep:
    """One stage as the layout draws it; ``state`` is done, current or waiting."""

    label: str
    url: str
    state: str
    count_text: str


@dataclass(frozen=True)
class TermProgress:
    """How far a term has come. ``placed`` counts in the newest plan that is not superseded, None without a plan.

    ``uncovered`` are sessions to come whose teacher cannot come and for which nobody is found, ``unsettled`` published
    sections that the registers now say otherwise.
    """

    sections: int
    placed: int | None
    published: bool
    requested: int
    confirmed: int
    refused: int
    teachers_waiting: int = 0
    teachers_refused: int = 0
    uncovered: int = 0
    unsettled: int = 0

    @property
    def planned(self) -> bool:
        """Whether there is a plan."""
        return self.placed is not None

    @property
    def unplaced(self) -> int:
        """Sections that the newest plan leaves out."""
        return self.sections - (self.placed or 0)

    @property
    def stage(self) -> str:
        """Where the term stands: the first stage not behind us; once published, the answers of venues and teachers."""
        if self.published:
            return "venues"
        return next(key for key, done in self.done.items() if not done)

    @property
    def done(self) -> dict[str, bool]:
        """Which stages are behind us; venues are asked when a plan is published."""
        return {
            "ready": self.sections > 0,
            "plan": self.planned,
            "adjust": self.planned and self.unplaced == 0,
            "publish": self.published,
            "venues": self.published and not self.requested and not self.refused,
        }


_progress_cache = AuditCache(CachedValue.TERM_PROGRESS, capacity=64)


def progress_of(term: Term) -> TermProgress:
    """Counts the term's sections, placements and booking requests; again only when something has changed."""
    return _progress_cache.get_or_create((term.id, today()), lambda: _progress(term))


def _progress(term: Term) -> TermProgress:
    sections = select(Section.id).where(Section.term_id == term.id, Section.archived_at.is_(None))
    of_term = select(Plan.id).where(Plan.term_id == term.id)
    standing = of_term.where(Plan.status.in_((PlanStatus.DRAFT, PlanStatus.PUBLISHED))).subquery()
    newest = db.session.scalar(select(func.max(standing.c.id)))
    published = db.session.scalar(of_term.where(Plan.status == PlanStatus.PUBLISHED))
    requests = {} if published is None else _requests(published)
    teachers = {} if published is None else _assignments(published)
    return TermProgress(
        sections=_count(sections),
        placed=None if newest is None else _placed(newest, term),
        published=published is not None,
        requested=requests.get(BookingStatus.REQUESTED, 0),
        confirmed=requests.get(BookingStatus.CONFIRMED, 0),
        refused=sum(requests.get(status, 0) for status in REFUSED_STATUSES),
        teachers_waiting=teachers.get(AssignmentStatus.REQUESTED, 0),
        teachers_refused=teachers.get(AssignmentStatus.REFUSED, 0),
        uncovered=_count(_uncovered(term)),
        unsettled=0 if published is None else len(unsettled_sections(db.session.get_one(Plan, published))),
    )


def _placed(plan_id: int, term: Term) -> int:
    """Placements of sections that stand: archived ones are few, so that counting these is faster."""
    placements = select(Placement.section_id).where(Placement.plan_id == plan_id)
    archived = select(Section.id).where(Section.term_id == term.id, Section.archived_at.is_not(None))
    return _count(placements) - _count(placements.where(Placement.section_id.in_(archived)))


def _count(statement: Select[int]) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def _requests(plan_id: int) -> dict[BookingStatus, int]:
    """Requests by answer; a refused one counts only while no other request for its section holds a room."""
    live = aliased(Booking)
    other_request = select(live.id).where(
        live.plan_id == Booking.plan_id, live.section_id == Booking.section_id, live.status.in_(HOLDING_STATUSES)
    )
    counted = (
        select(Booking.status, func.count(distinct(Booking.section_id)))
        .where(Booking.plan_id == plan_id, or_(Booking.status.in_(HOLDING_STATUSES), ~other_request.exists()))
        .group_by(Booking.status)
    )
    return dict(db.session.execute(counted).all())


def _assignments(plan_id: int) -> dict[AssignmentStatus, int]:
    """What teachers have answered to a plan."""
    counted = select(Assignment.status, func.count()).where(Assignment.plan_id == plan_id).group_by(Assignment.status)
    return dict(db.session.execute(counted).all())


def _uncovered(term: Term) -> Select[int]:
    where = Section.term_id == term.id, Cover.status == CoverStatus.OPEN, Cover.date >= today()
    return select(Cover.id).join(Cover.section).where(*where)


def term_path(term: Term, current: str = "") -> list[TermStep]:
    """The five steps; ``current`` is the key in STAGES of the page shown, "" for the stage where the term stands."""
    progress = progress_of(term)
    counts, done, current = _counts(progress), progress.done, current or progress.stage
    return [
        TermStep(str(label), stage_url(key, term), _state(key == current, done[key]), counts[key])
        for key, (label, _endpoint) in STAGES.items()
    ]


def stage_url(key: str, term: Term) -> str:
    """The address of a stage's page."""
    return url_for(STAGES[key][1], term_id=term.id)


def _state(current: bool, done: bool) -> str:
    if current:
        return "current"
    return "done" if done else "waiting"


def _counts(progress: TermProgress) -> dict[str, str]:
    sections, placed = format_number(progress.sections), format_number(progress.placed or 0)
    return {
        "ready": ngettext("%(number)s section", "%(number)s sections", progress.sections, number=sections),
        "plan": _("%(number)s placed", number=placed) if progress.planned else _("no plan yet"),
        "adjust": _("%(number)s unplaced", number=format_number(progress.unplaced)) if progress.planned else "",
        "publish": _("published") if progress.published else _("not yet"),
        "venues": _asking_count(progress),
    }


def _asking_count(progress: TermProgress) -> str:
    """What venues have answered, and what is to be done about teachers."""
    missing = progress.teachers_refused + progress.uncovered
    parts = [_venue_count(progress)]
    if progress.published and missing:
        parts.append(ngettext("%(num)s teacher to find", "%(num)s teachers to find", missing))
    return " · ".join(parts)


def _venue_count(progress: TermProgress) -> str:
    if not progress.published:
        return _("not yet")
    if progress.refused:
        return _("%(number)s to rearrange", number=format_number(progress.refused))
    if progress.requested:
        return _("%(number)s waiting", number=format_number(progress.requested))
    return _("%(number)s confirmed", number=format_number(progress.confirmed))


def path_for(scope: Scope, term: Term, current: str = "") -> list[TermStep] | None:
    """The path for those who plan the term, None for those who only add to it."""
    return term_path(term, current) if may_plan(scope, term) else None
