"""The product's words for coded values, in one place, so that every page says the same."""

from enum import StrEnum
from functools import cache
from typing import Self

from babel.dates import get_day_names
from flask_babel import LazyString, get_locale, lazy_gettext as _l

from scheduler.models import (
    AbsenceCause,
    Action,
    AssignmentStatus,
    BookingStatus,
    Category,
    Confirmation,
    CoverStatus,
    DayKind,
    EventKind,
    ImportStatus,
    JobStatus,
    Level,
    PlaceSource,
    PlanningScope,
    PlanStatus,
    ProposalState,
    RefusalCause,
    Role,
    RowState,
    SourceKind,
    SubstitutionStatus,
    TargetGroup,
    TeacherKind,
    VenueKind,
)


class WordedEnum(StrEnum):
    """Values that only one page or form knows, each with its word: ``ROOM = "room", _l("Rooms")``.

    Enumerations of the tables know no words: theirs are ``LABELS``.
    """

    words: LazyString

    def __new__(cls, value: str, words: LazyString | None = None) -> Self:
        """A text that carries its word; a value that is looked up needs none."""
        member = str.__new__(cls, value)
        member._value_ = value
        if words is not None:
            member.words = words
        return member


LABELS: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    Level: {Level.CITY: _l("city"), Level.COUNTY: _l("county or district"), Level.STREET: _l("street or town")},
    PlaceSource: {PlaceSource.KNOWN: _l("known"), PlaceSource.ASSUMED: _l("assumed")},
    VenueKind: {
        VenueKind.LIBRARY: _l("library"), VenueKind.CULTURE_HALL: _l("culture hall"),
        VenueKind.CULTURE_STATION: _l("culture station"), VenueKind.MUSEUM: _l("museum"),
        VenueKind.COMMUNITY_COLLEGE: _l("community college"), VenueKind.COMMUNITY_SCHOOL: _l("community school"),
        VenueKind.LEARNING_POINT: _l("learning point"), VenueKind.SCHOOL: _l("school"),
        VenueKind.YOUTH_PALACE: _l("youth palace"), VenueKind.CARE_HOME: _l("care home"),
        VenueKind.COMPANY_SITE: _l("company site"), VenueKind.OTHER: _l("other venue"),
    },
    Confirmation: {
        Confirmation.MANAGER: _l("the manager answers each request"), Confirmation.AUTOMATIC: _l("confirmed at once"),
    },
    Category: {
        Category.ARTS: _l("calligraphy and painting"), Category.MUSIC: _l("music"), Category.DANCE: _l("dance"),
        Category.HEALTH: _l("health"), Category.DIGITAL: _l("digital life"),
        Category.LANGUAGE: _l("language and reading"), Category.CRAFT: _l("craft and heritage"),
        Category.SKILLS: _l("job skills"), Category.FAMILY: _l("family education"),
        Category.YOUTH: _l("children and youth"), Category.CIVIC: _l("civic life"), Category.FARMING: _l("farming"),
    },
    TeacherKind: {
        TeacherKind.FULL_TIME: _l("full-time"), TeacherKind.PART_TIME: _l("part-time"),
        TeacherKind.VOLUNTEER: _l("volunteer"),
    },
    DayKind: {DayKind.OFF: _l("day off"), DayKind.MAKE_UP: _l("make-up day")},
    PlanStatus: {
        PlanStatus.DRAFT: _l("draft"), PlanStatus.PUBLISHED: _l("published"), PlanStatus.SUPERSEDED: _l("superseded"),
        PlanStatus.DISCARDED: _l("discarded"), PlanStatus.SCENARIO: _l("scenario"),
    },
    JobStatus: {
        JobStatus.QUEUED: _l("waiting for a worker"), JobStatus.RUNNING: _l("planning"),
        JobStatus.FINISHED: _l("finished"), JobStatus.STOPPED: _l("stopped"), JobStatus.FAILED: _l("failed"),
    },
    PlanningScope: {
        PlanningScope.WHOLE: _l("the whole term"), PlanningScope.UNIT: _l("one unit with all below it"),
        PlanningScope.SELECTION: _l("chosen sections"), PlanningScope.UNPLACED: _l("only the sections without a place"),
    },
    BookingStatus: {
        BookingStatus.REQUESTED: _l("requested"), BookingStatus.CONFIRMED: _l("confirmed"),
        BookingStatus.COUNTERED: _l("countered"), BookingStatus.DECLINED: _l("declined"),
        BookingStatus.EXPIRED: _l("expired"), BookingStatus.CANCELLED: _l("cancelled"),
    },
    SourceKind: {
        SourceKind.PAST: _l("past learners"), SourceKind.WAITING: _l("waiting list"), SourceKind.SURVEY: _l("survey"),
        SourceKind.INTEREST: _l("interest list"),
    },
    ProposalState: {
        ProposalState.OPEN: _l("proposed"), ProposalState.LEFT_OUT: _l("not wanted"),
        ProposalState.ACCEPTED: _l("accepted"),
    },
    EventKind: {
        EventKind.ACTIVITY_WEEK: _l("learning activity week"), EventKind.LECTURE: _l("citizens' lecture"),
        EventKind.COUNTRYSIDE: _l("culture and science in the countryside"), EventKind.OTHER: _l("other event"),
    },
    AssignmentStatus: {
        AssignmentStatus.REQUESTED: _l("not answered yet"), AssignmentStatus.CONFIRMED: _l("agreed"),
        AssignmentStatus.REFUSED: _l("cannot take it"), AssignmentStatus.WITHDRAWN: _l("no longer asked"),
    },
    RefusalCause: {
        RefusalCause.HOURS: _l("The hours do not suit me"), RefusalCause.DISTANCE: _l("The way is too long"),
        RefusalCause.LOAD: _l("It is too much work"), RefusalCause.HEALTH: _l("Health or family"),
        RefusalCause.COURSE: _l("The course is not mine"), RefusalCause.OTHER: _l("Another reason"),
    },
    AbsenceCause: {
        AbsenceCause.ILLNESS: _l("Illness"), AbsenceCause.FAMILY_MATTER: _l("Family matter"),
        AbsenceCause.TRAINING: _l("Training or meeting"), AbsenceCause.OTHER_WORK: _l("Other work"),
        AbsenceCause.OTHER: _l("Other reason"),
    },
    CoverStatus: {
        CoverStatus.OPEN: _l("no substitute yet"), CoverStatus.COVERED: _l("substitute found"),
        CoverStatus.CANCELLED: _l("not held"), CoverStatus.WITHDRAWN: _l("teacher comes after all"),
    },
    SubstitutionStatus: {
        SubstitutionStatus.ASKED: _l("asked to stand in"), SubstitutionStatus.AGREED: _l("stands in"),
        SubstitutionStatus.REFUSED: _l("cannot stand in"), SubstitutionStatus.WITHDRAWN: _l("no longer needed"),
    },
    ImportStatus: {
        ImportStatus.CHECKING: _l("being checked"), ImportStatus.CHECKED: _l("checked"),
        ImportStatus.APPLIED: _l("taken over"), ImportStatus.UNDONE: _l("undone"),
    },
    RowState: {
        RowState.WRONG: _l("to be mended"), RowState.NEW: _l("new"), RowState.CHANGED: _l("changed in the file"),
        RowState.UNCHANGED: _l("unchanged"), RowState.PENDING: _l("not checked yet"),
    },
    Role: {
        Role.ADMINISTRATOR: _l("administrator"), Role.COORDINATOR: _l("coordinator"),
        Role.VENUE_MANAGER: _l("venue manager"), Role.TEACHER: _l("teacher"), Role.RESIDENT: _l("resident"),
    },
    Action: {
        Action.CREATE: _l("created"), Action.UPDATE: _l("changed"), Action.DELETE: _l("deleted"),
        Action.SIGN_IN: _l("signed in"), Action.SIGN_IN_REFUSED: _l("sign-in refused"),
        Action.SIGN_OUT: _l("signed out"),
    },
    TargetGroup: {
        TargetGroup.ELDERLY: _l("the elderly"), TargetGroup.YOUTH: _l("children and youth"),
        TargetGroup.FAMILY: _l("families"), TargetGroup.WORKER: _l("working people"), TargetGroup.FARMER: _l("farmers"),
        TargetGroup.MIGRANT: _l("new citizens"), TargetGroup.EVERYONE: _l("everyone"),
    },
}
"""A dictionary for each enumeration: members of two of them may be equal as texts, and are then one key."""

PRIORITIES: dict[int, LazyString] = {
    1: _l("can wait"), 2: _l("rather low"), 3: _l("usual"), 4: _l("important"), 5: _l("comes first"),
}
"""How much a section matters when not everything can be placed."""


def words(value: StrEnum) -> LazyString:
    """The word for a coded value, in the language of whoever reads it."""
    return value.words if isinstance(value, WordedEnum) else LABELS[type(value)][value]


def label(value: StrEnum) -> str:
    """The word for a coded value in the reader's language."""
    return str(words(value))


def weekday_name(weekday: int, width: str = "wide") -> str:
    """Monday (0) to Sunday (6) in the reader's language; ``width`` as Babel names it."""
    return _weekday_names(width, str(get_locale() or "zh_CN"))[weekday]


@cache
def _weekday_names(width: str, locale: str) -> list[str]:
    names = get_day_names(width, "stand-alone", locale)  # type: ignore[arg-type]
    return [str(names[weekday]) for weekday in range(7)]
