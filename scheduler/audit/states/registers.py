"""The codec of every register whose changes can be taken back."""

from datetime import date

from scheduler.audit.states.codec import StateCodec
from scheduler.audit.states.parts import Archived, Column, Keyed, Links, Part, Rows, UnavailableTimes, reference
from scheduler.core.database import Base
from scheduler.models import (
    FORMAT,
    ActivitySeries,
    CalendarDay,
    Community,
    Confirmation,
    Course,
    DayKind,
    Demand,
    DemandSource,
    Feature,
    Level,
    Placement,
    PlaceSource,
    Proposal,
    ProposalState,
    Room,
    Section,
    SharedLearners,
    SourceKind,
    Subject,
    TargetGroup,
    Teacher,
    TeacherKind,
    Term,
    Unit,
    Venue,
    VenueKind,
)

SPAN = ("weekday", "start_minute", "end_minute")
PINS = ("pinned_week", "pinned_meetings", "pinned_room", "pinned_teacher")
"""The parts of a section that fix it before planning."""
MARKS = ("assumed", "place_source", "worked_out")
"""Parts that say how something is known; no form shows them."""


def _columns(*names: str) -> dict[str, Part]:
    return {name: Column(name) for name in names}


def _references(*names: str) -> dict[str, Part]:
    return {name: reference(name) for name in names}


PLACE: dict[str, Part] = {**_columns("latitude", "longitude"), "place_source": Column("place_source", PlaceSource)}
ARCHIVED: dict[str, Part] = {"archived": Archived()}

UNITS = StateCodec(Unit, {
    **_references("parent"), **_columns("code", "name", "path"), "level": Column("level", Level), **ARCHIVED,
})
COMMUNITIES = StateCodec(Community, {
    **_references("unit"), **_columns("code", "name", "population"), **PLACE, **ARCHIVED,
})
VENUES = StateCodec(Venue, {
    **_references("unit"),
    **_columns("name", "address", "contact", "phone", "step_free", "assumed"),
    "kind": Column("kind", VenueKind),
    "confirmation": Column("confirmation", Confirmation),
    **PLACE, **ARCHIVED,
})
ROOMS = StateCodec(Room, {
    **_references("venue"),
    **_columns("name", "capacity", "turnaround_minutes", "fee", "assumed"),
    "features": Links("features", Feature, "code"),
    "hours": Rows("windows", SPAN),
    "closed": UnavailableTimes("closures"),
    **ARCHIVED,
})
TEACHERS = StateCodec(Teacher, {
    **_references("unit"),
    **_columns("name", "phone", "email", "max_day", "max_week", "wanted_week", "fee", "reach_metres", "assumed"),
    "kind": Column("kind", TeacherKind),
    "subjects": Links("subjects", Subject, "code"),
    "hours": Rows("windows", SPAN),
    "absent": UnavailableTimes("absences"),
    **PLACE, **ARCHIVED,
})
COURSES = StateCodec(Course, {
    **_columns("title_zh", "title_en", *FORMAT, "reach_metres", "for_activity"),
    "subject_code": reference("subject", "subject_code"),
    "target_group": Column("target_group", TargetGroup),
    "needs": Links("needs", Feature, "code"),
    "windows": Rows("windows", (*SPAN, "cost")),
    **ARCHIVED,
})
SECTIONS = StateCodec(Section, {
    **_references("term", "course", "unit"),
    **_columns("name", "earliest_week", "latest_week", "priority", "reach_metres", "pinned_week", "assumed", *FORMAT),
    "needs": Links("needs", Feature, "code"),
    **_references("pinned_room", "pinned_teacher"),
    "pinned_meetings": Rows("pinned_meetings", ("weekday", "start_minute"), key=1),
    "learners": Keyed("learners", "community_id", "people"),
    "venues": Links("allowed_venues", Venue),
    "teachers": Links("allowed_teachers", Teacher),
    **ARCHIVED,
})
SHARED_LEARNERS = StateCodec(SharedLearners, _columns("people"))
DEMAND = StateCodec(
    Demand, {**_references("term", "course", "community"), **_columns("people", "assumed", "worked_out")}
)
DEMAND_SOURCES = StateCodec(DemandSource, {
    **_references("term", "course", "community"),
    **_columns("people", "percent"),
    "kind": Column("kind", SourceKind),
})
CALENDAR_DAYS = StateCodec(CalendarDay, {
    "term": Column("term_id"),
    "date": Column("date", date.fromisoformat),
    "kind": Column("kind", DayKind),
    "name": Column("name"),
})
PLACEMENTS = StateCodec(Placement, {
    "week": Column("week"),
    "meetings": Rows("meetings", ("weekday", "start_minute"), key=1),
    **_references("room", "teacher"),
})
TERMS = StateCodec(Term, {"budgets": Keyed("budgets", "unit_id", "yuan"), "weights": Column("weights")})
"""What of a term is changed together with the registers."""
SERIES = StateCodec(ActivitySeries, ARCHIVED)
"""What of a series is changed together with its sections."""
PROPOSALS = StateCodec(Proposal, {**_references("section"), "state": Column("state", ProposalState)})
"""What becomes of a proposed section once it is opened."""

CODECS: dict[str, StateCodec] = {
    codec.name: codec
    for codec in (
        UNITS, COMMUNITIES, VENUES, ROOMS, TEACHERS, COURSES, SECTIONS, SHARED_LEARNERS, DEMAND, DEMAND_SOURCES,
        CALENDAR_DAYS, PLACEMENTS, TERMS, SERIES, PROPOSALS,
    )
}


def codec_of(row: Base) -> StateCodec:
    """The codec of the register to which a row belongs."""
    return CODECS[row.__tablename__]
