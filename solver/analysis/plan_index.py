"""The placed sections of a plan by name, in their term.

Unlike the search's incumbent it needs no candidates, so that one section of a large term can be looked at within
moments, and it knows placements that break rules.
"""

from collections.abc import Collection, Mapping

from solver.model.placed_sections import PlacedSections, SectionUse
from solver.problem.plan import Placement
from solver.problem.reach import reached_communities
from solver.problem.series import Series, series_of
from solver.problem.term import Room, Section, Teacher, Term, Venue, fees_of
from solver.problem.time_patterns import TimePatterns


class PlanIndex(PlacedSections[str]):
    """Who uses which room, teacher and money in a plan."""

    def __init__(self, term: Term, placed: Mapping[str, Placement]) -> None:
        super().__init__(term)
        self.placed = {name: placement for name, placement in placed.items() if _is_in_term(term, name, placement)}
        self._series: dict[tuple[int, int, int, Placement], Series] = {}
        for name in self.placed:
            self._count(self._use(name), 1)

    def changed(self, changes: Mapping[str, Placement | None]) -> "PlanIndex":
        """The index of a plan in which some sections are elsewhere, or nowhere; both share the series made before."""
        other = self._copy()
        other.placed = dict(self.placed)
        for name, placement in changes.items():
            if name in other.placed:
                other._count(other._use(name), -1)
                del other.placed[name]
            if placement is not None:
                other.placed[name] = placement
                other._count(other._use(name), 1)
        return other

    def under(self, term: Term) -> "PlanIndex":
        """The same plan under another version of the term."""
        other = PlanIndex(term, self.placed)
        other._series = self._series
        return other

    def _use(self, name: str) -> SectionUse[str]:
        """What a placed section takes and gives."""
        placement, section = self.placed[name], self.term.section[name]
        reached = reached_communities(self.term, section, self.venue_of(placement))
        payers = self.term.payers(section)
        return SectionUse(name, placement.room, placement.teacher, payers, self.fees(name), reached)

    def venue_of(self, placement: Placement) -> Venue:
        """Where a placement is."""
        return self.term.venue[self.term.room[placement.room].venue]

    def fees(self, name: str) -> int:
        """What all sessions of a placed section cost, in yuan."""
        placement, term = self.placed[name], self.term
        return fees_of(term.section[name], term.room[placement.room], term.teacher[placement.teacher])

    def paid_by(self, units: Collection[str]) -> list[str]:
        """The placed sections that cost some of these units anything, or units below them."""
        section, payers = self.term.section, set(units)
        paid = (name for name in self.placed if not payers.isdisjoint(self.term.payers(section[name])))
        return [name for name in paid if self.fees(name)]

    def series(self, name: str) -> Series:
        """When a placed section meets; never, where the term ends too early for it."""
        section, placement = self.term.section[name], self.placed[name]
        key = section.minutes, section.sessions, section.every, placement
        if key not in self._series:
            series = series_of(self.term.calendar, section, placement.week, placement.meetings)
            # never replaced: answers are kept by the identity of a series, and several threads may ask for it at once
            self._series.setdefault(
                key, series or Series(placement.week, placement.meetings, section.minutes, (), 0, 0)
            )
        return self._series[key]

    def series_of(self, section: Section) -> Series | None:
        """When a section meets, if it is placed."""
        return self.series(section.id) if section.id in self.placed else None

    def room_overlap(self, room: Room, name: str, patterns: TimePatterns) -> int:
        """The series of time patterns at which a section in a room is in the way."""
        return patterns.overlapping(self.series(name), self.term.rounded_pause(room.turnaround))

    def teacher_overlap(self, name: str, venue: Venue, patterns: TimePatterns) -> int:
        """The series of time patterns that a teacher cannot give at a venue beside a section they have."""
        travel = self.term.travel_minutes(venue, self.venue_of(self.placed[name]))
        return patterns.overlapping(self.series(name), self.term.rounded_pause(travel))

    def _placed_series(self, section: str) -> Series:
        return self.series(section)

    def _teacher_key(self, teacher: Teacher) -> str:
        return teacher.id


def _is_in_term(term: Term, name: str, placement: Placement) -> bool:
    return name in term.section and placement.room in term.room and placement.teacher in term.teacher
