"""What a plan changes for people against the one that was published before it, section by section."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from sqlalchemy import Select, and_, func, not_, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from scheduler.calendar.occurrences import Occurrence, occurrences, plan_calendar
from scheduler.core.extensions import db
from scheduler.models import Meeting, Placement, Plan, PlanStatus, Room, Section, SectionLearners, Teacher, Venue

Named = TypeVar("Named", Teacher, Venue)


@dataclass(frozen=True)
class ChangedSection:
    """A section that two plans treat differently; ``before`` or ``after`` is None where one of them leaves it out."""

    section: Section
    before: Placement | None
    after: Placement | None

    @property
    def dates_before(self) -> list[Occurrence]:
        """The sessions that were published."""
        return occurrences(self.before) if self.before is not None else []

    @property
    def dates_after(self) -> list[Occurrence]:
        """The sessions that are held now."""
        return occurrences(self.after) if self.after is not None else []

    @property
    def teachers(self) -> list[Teacher]:
        """Who gave it and who gives it now."""
        return list(dict.fromkeys(placement.teacher for placement in (self.before, self.after) if placement))

    @property
    def venues(self) -> list[Venue]:
        """Where it was and where it is now."""
        return list(dict.fromkeys(placement.room.venue for placement in (self.before, self.after) if placement))


@dataclass(frozen=True)
class PlanChanges:
    """All changed sections, and whom they concern."""

    former: Plan
    sections: list[ChangedSection]

    @property
    def learners(self) -> int:
        """People of sections that were published before."""
        return sum(changed.section.size for changed in self.sections if changed.before is not None)

    @property
    def teachers(self) -> dict[Teacher, list[ChangedSection]]:
        """The teachers to be called, by name, with their sections."""
        return _by_row(self.sections, lambda changed: changed.teachers)

    @property
    def venues(self) -> dict[Venue, list[ChangedSection]]:
        """The venues to be called, by name, with their sections."""
        return _by_row(self.sections, lambda changed: changed.venues)


def former_plan(plan: Plan) -> Plan | None:
    """The plan that was published before this one is or was, None for the first."""
    statement = select(Plan).where(Plan.term_id == plan.term_id, Plan.id != plan.id, Plan.published_at.is_not(None))
    if plan.published_at is not None:
        statement = statement.where(Plan.published_at < plan.published_at)
    else:
        statement = statement.where(Plan.status == PlanStatus.PUBLISHED)
    return db.session.scalar(statement.order_by(Plan.published_at.desc()).limit(1))


def changes_between(former: Plan, plan: Plan) -> PlanChanges:
    """What the later plan changes, by the names of the sections."""
    other_calendar = plan_calendar(former) != plan_calendar(plan)
    ids = _all_sections(former, plan) if other_calendar else _differing_sections(former, plan)
    before, after = _facts(former, ids), _facts(plan, ids)
    old, new = _placements(former, ids), _placements(plan, ids)
    changed = [ChangedSection(section, old.get(section.id), new.get(section.id)) for section in _sections(ids)]
    return PlanChanges(former, [
        entry for entry in changed
        if before.get(entry.section.id) != after.get(entry.section.id) or entry.dates_before != entry.dates_after
    ])


def _by_row(
    sections: list[ChangedSection], rows: Callable[[ChangedSection], list[Named]]
) -> dict[Named, list[ChangedSection]]:
    by_row: dict[Named, list[ChangedSection]] = {}
    for changed in sections:
        for row in rows(changed):
            by_row.setdefault(row, []).append(changed)
    return dict(sorted(by_row.items(), key=lambda entry: entry[0].name))


class _Facts(NamedTuple):
    """What people know of a placement."""

    week: int
    room_id: int
    teacher_id: int
    minutes: int
    sessions: int
    every_weeks: int
    meetings: tuple[tuple[int, int], ...]


def _all_sections(former: Plan, plan: Plan) -> set[int]:
    return set(db.session.scalars(select(Placement.section_id).where(Placement.plan_id.in_((former.id, plan.id)))))


def _differing_sections(former: Plan, plan: Plan) -> set[int]:
    """The sections of which the plans say other things; the database compares them, of which a city has thousands."""
    ways = ((former.id, plan.id), (plan.id, former.id))
    statements = [statement(*way) for way in ways for statement in (_other_placement, _other_meeting)]
    return {section_id for statement in statements for section_id in db.session.scalars(statement)}


def _other_placement(plan_id: int, other_id: int) -> Select[int]:
    """Sections that one plan places and the other does not, or otherwise."""
    other = aliased(Placement)
    same = [getattr(Placement, name) == getattr(other, name) for name in ("week", "room_id", "teacher_id")] + [
        func.coalesce(getattr(Placement, f"fixed_{name}"), getattr(Section, name))
        == func.coalesce(getattr(other, f"fixed_{name}"), getattr(Section, name))
        for name in ("minutes", "sessions", "every_weeks")
    ]
    return (
        select(Placement.section_id).join(Placement.section)
        .outerjoin(other, and_(other.plan_id == other_id, other.section_id == Placement.section_id))
        .where(Placement.plan_id == plan_id, or_(other.section_id.is_(None), not_(and_(*same))))
    )


def _other_meeting(plan_id: int, other_id: int) -> Select[int]:
    """Sections with a weekly meeting that they have in one plan and not in the other."""
    other = aliased(Meeting)
    same = [getattr(Meeting, name) == getattr(other, name) for name in ("section_id", "weekday", "start_minute")]
    return (
        select(Meeting.section_id).outerjoin(other, and_(other.plan_id == other_id, *same))
        .where(Meeting.plan_id == plan_id, other.section_id.is_(None))
    )


def _facts(plan: Plan, section_ids: Collection[int]) -> dict[int, _Facts]:
    """By section; read without the rows, of which a city has tens of thousands."""
    meetings: dict[int, list[tuple[int, int]]] = {}
    for section_id, weekday, start in db.session.execute(
        select(Meeting.section_id, Meeting.weekday, Meeting.start_minute)
        .where(Meeting.plan_id == plan.id, Meeting.section_id.in_(section_ids))
    ):
        meetings.setdefault(section_id, []).append((weekday, start))
    columns = (
        Placement.week, Placement.room_id, Placement.teacher_id,
        func.coalesce(Placement.fixed_minutes, Section.minutes),
        func.coalesce(Placement.fixed_sessions, Section.sessions),
        func.coalesce(Placement.fixed_every_weeks, Section.every_weeks),
    )
    statement = select(Placement.section_id, *columns).join(Placement.section).where(
        Placement.plan_id == plan.id, Placement.section_id.in_(section_ids)
    )
    return {
        row[0]: _Facts(*row[1:7], tuple(sorted(meetings.get(row[0], ()))))
        for row in db.session.execute(statement)
    }


def _placements(plan: Plan, section_ids: Collection[int]) -> dict[int, Placement]:
    statement = select(Placement).where(Placement.plan_id == plan.id, Placement.section_id.in_(section_ids)).options(
        joinedload(Placement.room).joinedload(Room.venue), joinedload(Placement.teacher), joinedload(Placement.plan),
        selectinload(Placement.meetings),
    )
    return {placement.section_id: placement for placement in db.session.scalars(statement)}


def _sections(section_ids: Collection[int]) -> Iterator[Section]:
    statement = select(Section).where(Section.id.in_(section_ids)).order_by(Section.name).options(
        joinedload(Section.course), selectinload(Section.learners).joinedload(SectionLearners.community)
    )
    yield from db.session.scalars(statement)
