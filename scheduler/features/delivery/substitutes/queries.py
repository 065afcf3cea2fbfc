"""Reads the sessions of a term whose teachers cannot come, and whom that concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import abort
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.core.clock import parse_day, today
from scheduler.core.extensions import db
from scheduler.domain.covers import DatedSession, published_sessions, session_at
from scheduler.domain.plans import published_placements
from scheduler.models import (
    Course,
    Cover,
    CoverStatus,
    FeedEvent,
    Placement,
    Plan,
    Room,
    Section,
    SectionLearners,
    Substitution,
    Teacher,
    Term,
)

MAX_TOGETHER = 20
"""Sessions of one section for which a substitute is looked for at once."""


@dataclass(frozen=True)
class Absence:
    """What one teacher cannot give of one section, in order of time."""

    teacher: Teacher
    section: Section
    covers: list[Cover]

    @property
    def open(self) -> list[Cover]:
        """The sessions for which nobody is found."""
        return [cover for cover in self.covers if cover.status is CoverStatus.OPEN]


def absences(term: Term) -> list[Absence]:
    """All sessions to come whose teachers cannot come, section by section; what is open first."""
    rows = db.session.scalars(_covers(term).where(Cover.date >= today())).all()
    ordered = sorted(rows, key=lambda row: (row.teacher_id, row.section_id, row.date, row.start_minute))
    groups = [
        Absence(covers[0].teacher, covers[0].section, covers)
        for _key, group in groupby(ordered, key=lambda cover: (cover.teacher_id, cover.section_id))
        if (covers := list(group))
    ]
    return sorted(
        groups, key=lambda absence: (not absence.open, (absence.open or absence.covers)[0].date, absence.section.name)
    )


def cover_in(term: Term, cover_id: int) -> Cover:
    """A session of the term whose teacher cannot come, or 404."""
    return db.one_or_404(_covers(term).where(Cover.id == cover_id))


def covers_in(term: Term, section_id: int, ids: Sequence[int]) -> list[Cover]:
    """Those of the chosen covers that are of one section of the term, in order of time."""
    statement = _covers(term).where(Cover.section_id == section_id, Cover.id.in_(ids))
    return list(db.session.scalars(statement.order_by(Cover.date, Cover.start_minute)))


def session_of(term: Term, section_id: int, day: str, start: int) -> DatedSession:
    """One session to come of the term's published plan, or 404."""
    placements = published_placements().where(Plan.term_id == term.id, Placement.section_id == section_id)
    teacher_ids = [placement.teacher_id for placement in db.session.scalars(placements)]
    try:
        on_date = parse_day(day)
    except ValueError:
        abort(404)
    session = session_at(published_sessions(teacher_ids, on_date, on_date), section_id, on_date, start)
    return session or abort(404)


def open_together(cover: Cover, term: Term) -> list[Cover]:
    """The open sessions of the same section and teacher, this one among them, in order of time."""
    same = Cover.section_id == cover.section_id, Cover.teacher_id == cover.teacher_id
    statement = _covers(term).where(*same, Cover.status == CoverStatus.OPEN, Cover.date >= today())
    return list(db.session.scalars(statement.order_by(Cover.date, Cover.start_minute).limit(MAX_TOGETHER)))


def open_covers(term: Term, teacher_id: int | None) -> list[Cover]:
    """All sessions to come for which nobody is found, of one teacher where given, in order of time."""
    statement = _covers(term).where(Cover.status == CoverStatus.OPEN, Cover.date >= today())
    if teacher_id is not None:
        statement = statement.where(Cover.teacher_id == teacher_id)
    return list(db.session.scalars(statement.order_by(Cover.date, Cover.start_minute, Cover.id)))


def teacher_of(teacher_id: int) -> Teacher:
    """A teacher who is not archived, or 404; whether they fit is for the rules to say."""
    return db.one_or_404(select(Teacher).where(Teacher.id == teacher_id, Teacher.archived_at.is_(None)))


def told_of(cover: Cover) -> FeedEvent | None:
    """What calendars were told of the session last."""
    same = FeedEvent.section_id == cover.section_id, FeedEvent.date == cover.date
    return db.session.scalar(select(FeedEvent).where(*same, FeedEvent.start_minute == cover.start_minute))


def room_of(cover: Cover) -> Room | None:
    """The room in which the published plan holds the session."""
    statement = published_placements().where(Placement.section_id == cover.section_id)
    placement = db.session.scalar(statement.options(joinedload(Placement.room).joinedload(Room.venue)))
    return None if placement is None else placement.room


def substitution_in(term: Term, cover_id: int, substitution_id: int) -> Substitution:
    """A request to stand in for a session of the term, or 404."""
    cover = cover_in(term, cover_id)
    return db.one_or_404(select(Substitution).where(Substitution.id == substitution_id, Substitution.cover == cover))


def learners(section: Section) -> Sequence[SectionLearners]:
    """The learners of a section by community."""
    statement = select(SectionLearners).where(SectionLearners.section_id == section.id)
    entries = db.session.scalars(statement.options(joinedload(SectionLearners.community))).all()
    return sorted(entries, key=lambda entry: (-entry.people, entry.community.name))


def _covers(term: Term) -> Select[Cover]:
    return (
        select(Cover)
        .join(Cover.section)
        .where(Section.term_id == term.id, Cover.status != CoverStatus.WITHDRAWN)
        .options(
            joinedload(Cover.teacher),
            joinedload(Cover.section).joinedload(Section.course).joinedload(Course.subject),
            joinedload(Cover.section).joinedload(Section.term).joinedload(Term.unit),
            joinedload(Cover.section).selectinload(Section.learners),
            selectinload(Cover.substitutions).joinedload(Substitution.teacher),
            selectinload(Cover.substitutions).joinedload(Substitution.answered_by),
        )
    )
