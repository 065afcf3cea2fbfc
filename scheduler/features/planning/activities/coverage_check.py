"""Whether a plan brings a series to each of its communities as often as it should, with the dates that show it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.calendar.occurrences import Occurrence, occurrences
from scheduler.domain.series_coverage import communities_of
from scheduler.features.planning.activities.proposals import calendar_of
from scheduler.features.planning.activities.rhythm import Calendar, longest_gap, skipped
from scheduler.maps.geography import street_metres
from scheduler.models import ActivitySeries, Community, Placement, Section

MEASURED_ALIKE = 1.01
"""The planner measures on one plane for the whole term, which differs from ours by less than one part in a hundred."""


class CommunityVerdict(StrEnum):
    """How a community is served. Only the first meets the requirement."""

    MET = "met"
    DAYS_OFF = "days_off"
    GAP = "gap"
    TOO_FAR = "too_far"
    UNPLACED = "unplaced"
    NO_SECTION = "no_section"


@dataclass(frozen=True)
class Served:
    """A community with what is planned for it; ``gap`` is the longest in weeks, from beginning to end of the term."""

    community: Community
    verdict: CommunityVerdict
    gap: int
    section: Section | None = None
    placement: Placement | None = None
    dates: Sequence[Occurrence] = ()

    @property
    def met(self) -> bool:
        """Whether the activity comes often enough."""
        return self.verdict is CommunityVerdict.MET


@dataclass(frozen=True)
class Check:
    """All communities of a series, street by street."""

    served: list[Served]

    def count(self, verdict: CommunityVerdict) -> int:
        """Communities with this verdict."""
        return sum(served.verdict is verdict for served in self.served)

    @property
    def met(self) -> int:
        """Communities to which the activity comes often enough."""
        return self.count(CommunityVerdict.MET)

    @property
    def share(self) -> float:
        """The share of them, 1 where the series has no community."""
        return self.met / len(self.served) if self.served else 1.0


def check_series(series: ActivitySeries, placements: Mapping[int, Placement]) -> Check:
    """Look at every community; ``placements`` are those of the plan, by section id."""
    by_community: dict[int, list[Section]] = {}
    for entry in series.entries:
        for learners in entry.section.learners:
            by_community.setdefault(learners.community_id, []).append(entry.section)
    calendar = calendar_of(series.term)
    return Check(
        [
            _served(series, calendar, community, by_community.get(community.id, ()), placements)
            for community in communities_of(series)
        ]
    )


def _served(
    series: ActivitySeries,
    calendar: Calendar,
    community: Community,
    sections: Iterable[Section],
    placements: Mapping[int, Placement],
) -> Served:
    """An archived section counts while the plan still holds it. Of several sections, the one that is placed speaks."""
    standing = [section for section in sections if section.id in placements or not section.archived]
    placed = [placements[section.id] for section in standing if section.id in placements]
    near = [placement for placement in placed if _reaches(community, placement)]
    never = longest_gap([], calendar.weeks)
    if not standing:
        return Served(community, CommunityVerdict.NO_SECTION, never)
    if not placed:
        return Served(community, CommunityVerdict.UNPLACED, never, standing[0])
    if not near:
        return Served(community, CommunityVerdict.TOO_FAR, never, placed[0].section, placed[0])
    dates = sorted(
        date for placement in near for date in occurrences(placement)
    )
    weeks = [date.week for date in dates]
    gap = longest_gap(weeks, calendar.weeks)
    verdict = _verdict(gap, longest_gap([*weeks, *_taken(calendar, near)], calendar.weeks), series.at_least_every)
    return Served(community, verdict, gap, near[0].section, near[0], dates)


def _verdict(gap: int, without_days_off: int, at_least_every: int) -> CommunityVerdict:
    if gap <= at_least_every:
        return CommunityVerdict.MET
    return CommunityVerdict.DAYS_OFF if without_days_off <= at_least_every else CommunityVerdict.GAP


def _taken(calendar: Calendar, placements: Iterable[Placement]) -> Iterator[int]:
    """The weeks in which days off take a date away."""
    for placement in placements:
        for meeting in placement.meetings:
            yield from skipped(calendar, placement.week, meeting.weekday, placement.every_weeks)


def _reaches(community: Community, placement: Placement) -> bool:
    metres = street_metres(community, placement.room.venue)
    return metres <= placement.section.reach_metres * MEASURED_ALIKE
