"""Sessions whose teacher cannot come: they follow absences and the published plan, and say who gives them instead.

An absence that is reported once a plan is published concerns single sessions. The series stays where it is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date, gettext as _
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.calendar.occurrences import Occurrence, occurrences
from scheduler.core.clock import today
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.availability import closed_at
from scheduler.domain.plans import published_placements
from scheduler.models import (
    ENGAGED_STATUSES,
    AbsenceCause,
    Cover,
    CoverStatus,
    Placement,
    Plan,
    Room,
    Section,
    Substitution,
    SubstitutionStatus,
    Teacher,
    Term,
)

Moment = tuple[date, int]
"""The date of a session and the minute at which it starts."""
Covers = Mapping[int, Mapping[Moment, Cover]]
"""Live covers by section and session."""


@dataclass(frozen=True)
class DatedSession:
    """A session of a published plan, as planned."""

    placement: Placement
    occurrence: Occurrence

    @property
    def moment(self) -> Moment:
        """Its date and first minute."""
        return self.occurrence.date, self.occurrence.start

    @property
    def key(self) -> tuple[int, date, int]:
        """What names it: section, date and first minute."""
        return self.placement.section_id, self.occurrence.date, self.occurrence.start


def published_sessions(teacher_ids: Collection[int], first: date, last: date | None = None) -> list[DatedSession]:
    """The sessions that published plans give these teachers from one date to another, in order of time."""
    statement = (
        published_placements()
        .where(Placement.teacher_id.in_(teacher_ids))
        .options(
            joinedload(Placement.plan).joinedload(Plan.term).selectinload(Term.days),
            joinedload(Placement.section).joinedload(Section.course),
            joinedload(Placement.section).joinedload(Section.unit),
            joinedload(Placement.room).joinedload(Room.venue),
            joinedload(Placement.teacher),
            joinedload(Placement.meetings),
        )
    )
    sessions = (session for placement in db.session.scalars(statement).unique() for session in sessions_of(placement))
    inside = [
        session
        for session in sessions
        if first <= session.occurrence.date and (last is None or session.occurrence.date <= last)
    ]
    return sorted(inside, key=lambda session: (session.moment, session.placement.section_id))


def session_at(sessions: Iterable[DatedSession], section_id: int, day: date, start: int) -> DatedSession | None:
    """The session of a section at a moment to come, None where there is none."""
    key = section_id, day, start
    return next((session for session in sessions if session.key == key and day >= today()), None)


def sessions_of(placement: Placement) -> list[DatedSession]:
    """All sessions of a placement."""
    dated = occurrences(placement)
    return [DatedSession(placement, occurrence) for occurrence in dated]


def covers_of(section_ids: Collection[int]) -> dict[int, dict[Moment, Cover]]:
    """The live covers of these sections."""
    statement = (
        select(Cover)
        .where(Cover.section_id.in_(section_ids), Cover.status != CoverStatus.WITHDRAWN)
        .options(joinedload(Cover.teacher), selectinload(Cover.substitutions).joinedload(Substitution.teacher))
        .order_by(Cover.date, Cover.start_minute)
    )
    by_section: dict[int, dict[Moment, Cover]] = {}
    for cover in db.session.scalars(statement):
        by_section.setdefault(cover.section_id, {})[cover.date, cover.start_minute] = cover
    return by_section


def covers_of_term(term: Term) -> dict[int, dict[Moment, Cover]]:
    """The live covers of all sections of a term."""
    return covers_of(db.session.scalars(select(Cover.section_id).join(Section).where(Section.term_id == term.id)).all())


def covered_dates(term: Term) -> dict[int, set[date]]:
    """By teacher the dates of their absences that are met session by session in the term's published plan."""
    statement = select(Cover.teacher_id, Cover.date).join(Section)
    where = Section.term_id == term.id, Cover.whole_day, Cover.status != CoverStatus.WITHDRAWN
    dates: dict[int, set[date]] = {}
    for teacher_id, day in db.session.execute(statement.where(*where)):
        dates.setdefault(teacher_id, set()).add(day)
    return dates


def cancelled_in(term: Term) -> set[tuple[int, date, int]]:
    """The sessions of a term that are not held: section, date and first minute."""
    statement = select(Cover.section_id, Cover.date, Cover.start_minute).join(Section)
    where = Section.term_id == term.id, Cover.status == CoverStatus.CANCELLED
    return {(section_id, day, start) for section_id, day, start in db.session.execute(statement.where(*where))}


def open_cover(session: DatedSession, cause: AbsenceCause, note: str, whole_day: bool) -> Cover:
    """Say that the teacher of a session cannot give it."""
    section_id, day, start = session.key
    cover = Cover(
        section_id=section_id, date=day, start_minute=start, end_minute=session.occurrence.end,
        teacher_id=session.placement.teacher_id, cause=cause, note=note, whole_day=whole_day,
    )  # fmt: skip
    db.session.add(cover)
    return cover


def report_session(session: DatedSession, cause: AbsenceCause, note: str) -> Cover:
    """The teacher cannot give one session; their other sessions of the day stay theirs."""
    reported = covers_of([session.placement.section_id]).get(session.placement.section_id, {})
    if session.moment in reported:
        raise DomainError(_("This session has been reported already."))
    cover = open_cover(session, cause, note, whole_day=False)
    db.session.flush()
    return cover


def take_back(cover: Cover) -> None:
    """The teacher comes after all. Raises DomainError once the coordinator has acted, be it at this moment."""
    db.session.refresh(cover, ["status"], with_for_update=True)
    if cover.status is not CoverStatus.OPEN:
        raise DomainError(
            _(
                "%(date)s: the coordinator has already arranged %(section)s. Speak with them.",
                date=format_date(cover.date, "medium"),
                section=cover.section.name,
            ),
            "absences",
        )
    cover.status = CoverStatus.WITHDRAWN


def release(cover: Cover) -> None:
    """Nobody is asked to stand in any more; the cover is open again."""
    for substitution in cover.substitutions:
        if substitution.status in ENGAGED_STATUSES:
            substitution.status = SubstitutionStatus.WITHDRAWN
    cover.status, cover.reason = CoverStatus.OPEN, ""


def follow_absences(teacher: Teacher) -> list[Cover]:
    """Open covers for the published sessions in the teacher's absences, and end those of other times.

    Answers the covers of others in which they no longer stand in, to be told to calendars. Raises DomainError where the
    coordinator has already acted on a date that is taken back.
    """
    absences = [absence for absence in teacher.absences if absence.date >= today()]
    live = _live(Cover.teacher_id == teacher.id)
    for cover in live:
        if cover.whole_day and not closed_at(absences, cover.date, cover.start_minute, cover.end_minute):
            take_back(cover)
    reported = {(cover.section_id, cover.date, cover.start_minute) for cover in live}
    if absences:
        dates = [absence.date for absence in absences]
        for session in published_sessions([teacher.id], min(dates), max(dates)):
            held = session.occurrence
            absence = closed_at(absences, held.date, held.start, held.end)
            if absence is not None and session.key not in reported:
                open_cover(session, AbsenceCause.OTHER, absence.reason, whole_day=True)
    let_go = [
        substitution.cover for substitution in _engaged([teacher.id])
        if closed_at(absences, substitution.date, substitution.start_minute, substitution.end_minute)
    ]
    for cover in let_go:
        release(cover)
    db.session.flush()
    return let_go


def follow_publication(plan: Plan) -> list[Cover]:
    """After a plan was published: end the covers of sessions that it moves or gives to others, open those it needs.

    Answers the covers in which a substitute no longer stands in because of sessions of their own.
    """
    teachers = {placement.teacher_id for placement in plan.placements}
    sessions = published_sessions(teachers, today())
    planned = {session.key: session for session in sessions if session.placement.plan_id == plan.id}
    for cover in _live(Cover.section_id.in_(select(Section.id).where(Section.term_id == plan.term_id))):
        session = planned.get((cover.section_id, cover.date, cover.start_minute))
        if session is None or session.placement.teacher_id != cover.teacher_id:
            release(cover)
            cover.status = CoverStatus.WITHDRAWN
    db.session.flush()
    let_go = [substitution.cover for substitution in _overtaken(sessions, teachers)]
    for cover in let_go:
        release(cover)
    db.session.flush()
    for teacher in db.session.scalars(select(Teacher).where(Teacher.id.in_(teachers), Teacher.absences.any())):
        let_go += follow_absences(teacher)
    return let_go


def follow_withdrawal(term: Term) -> list[Cover]:
    """After the plan of a term was withdrawn nobody need stand in; the covers that end."""
    ended = _live(Cover.section_id.in_(select(Section.id).where(Section.term_id == term.id)))
    for cover in ended:
        release(cover)
        cover.status = CoverStatus.WITHDRAWN
    db.session.flush()
    return ended


def _live(condition: ColumnElement[bool]) -> list[Cover]:
    statement = select(Cover).where(condition, Cover.status != CoverStatus.WITHDRAWN, Cover.date >= today())
    loaded = selectinload(Cover.substitutions), joinedload(Cover.section)
    return list(db.session.scalars(statement.options(*loaded).order_by(Cover.id)))


def _engaged(teachers: Collection[int]) -> list[Substitution]:
    """The substitutions to come that these teachers are asked for or have agreed to."""
    statement = select(Substitution).where(
        Substitution.status.in_(ENGAGED_STATUSES), Substitution.teacher_id.in_(teachers), Substitution.date >= today()
    )
    return list(db.session.scalars(statement.options(joinedload(Substitution.cover)).order_by(Substitution.id)))


def _overtaken(sessions: Iterable[DatedSession], teachers: Collection[int]) -> Iterator[Substitution]:
    """Substitutions at whose hours the substitute now has a session of their own."""
    busy: dict[tuple[int, date], list[Occurrence]] = {}
    for session in sessions:
        busy.setdefault((session.placement.teacher_id, session.occurrence.date), []).append(session.occurrence)
    for substitution in _engaged(teachers):
        same_day = busy.get((substitution.teacher_id, substitution.date), [])
        if any(
            own.start < substitution.end_minute and substitution.start_minute < own.end for own in same_day
        ):
            yield substitution
