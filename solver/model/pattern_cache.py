"""Time patterns made once for all sections that have the same hours to choose from."""

from solver.model.domain import SectionDomain
from solver.problem.time_patterns import TimePatterns


class PatternCache:
    """The time patterns of all kinds of sections met so far; series that are compared must outlive the comparison."""

    def __init__(self) -> None:
        self._patterns: dict[tuple[object, ...], TimePatterns] = {}

    def of(self, domain: SectionDomain) -> TimePatterns:
        """All series that a domain allows."""
        section = domain.section
        # everything that SectionDomain.series reads: two sections with the same key have the same series
        key: tuple[object, ...] = (
            *(section.minutes, section.sessions, section.every, tuple(domain.weeks), tuple(domain.windows)),
            *(domain.grid, domain.per_week, domain.day_gap, domain.only_meetings),
        )
        if domain.few_of_many:
            key = (*key, *domain.hours_of_rooms_and_teachers(), domain.term.previous.get(section.id))
        if key not in self._patterns:
            self._patterns[key] = TimePatterns(list(domain.series()), section.minutes)
        return self._patterns[key]
