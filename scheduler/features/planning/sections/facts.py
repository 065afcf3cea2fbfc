"""What a form says about a section, as plain values for the checks and operations."""

from dataclasses import dataclass, field

from scheduler.models import Community, Course, Feature, Format, Room, Teacher, Unit, Venue


@dataclass(frozen=True)
class Pin:
    """What the coordinator has fixed; ``meetings`` are (weekday, minute since midnight)."""

    week: int | None = None
    meetings: tuple[tuple[int, int], ...] = ()
    room: Room | None = None
    teacher: Teacher | None = None


@dataclass(frozen=True)
class SectionFacts:
    """A section as it is to be; ``name`` may be empty, ``learners`` are people by community."""

    course: Course
    unit: Unit
    name: str
    learners: dict[Community, int]
    earliest_week: int
    latest_week: int
    priority: int
    reach_metres: int
    format: Format
    needs: list[Feature]
    venues: list[Venue] = field(default_factory=list)
    teachers: list[Teacher] = field(default_factory=list)
    pin: Pin = Pin()

    @property
    def size(self) -> int:
        """Learners of all communities."""
        return sum(self.learners.values())
