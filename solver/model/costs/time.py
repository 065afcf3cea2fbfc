"""How much learners mind the hours."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from solver.model.base import SeriesCost
from solver.model.timetable import PlacedMeeting
from solver.problem.plan import Meeting
from solver.problem.series import holding
from solver.problem.term import Section, Term, Window


class Time(SeriesCost):
    """Counts, for each weekly meeting, the learners times the cost of the cheapest window that holds it."""

    name = "time"
    about = PlacedMeeting

    def of_series(self, term: Term, section: Section, week: int, meetings: Sequence[Meeting]) -> int:
        return section.size * sum(_cheapest(section, meeting) or 0 for meeting in meetings)

    def amounts(self, subject: PlacedMeeting) -> Iterator[int]:
        cost = _cheapest(subject.placed.section, subject.meeting)
        if cost is not None:
            yield subject.placed.section.size * cost


def _cheapest(section: Section, meeting: Meeting) -> int | None:
    """The least cost of a window that holds a meeting; None where none does."""
    return _least(section.windows, meeting, section.minutes)


@lru_cache(maxsize=100_000)
def _least(windows: tuple[Window, ...], meeting: Meeting, minutes: int) -> int | None:
    return min((span[3] for span in holding(windows, meeting, minutes)), default=None)
