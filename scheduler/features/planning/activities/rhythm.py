"""How often and from when on an activity is held, so that it comes at least once in every so many weeks."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

DAYS = 7


@dataclass(frozen=True)
class Calendar:
    """The weeks of a term, and its days off as numbers counted from 0 on its first day."""

    weeks: int
    closed: frozenset[int]

    def weeks_held(self, first: int, weekday: int, every: int) -> list[int]:
        """The weeks from 1 in which an activity on this weekday is held, days off left out, until the term ends."""
        return [week for week in range(first, self.weeks + 1, every) if self.open(week, weekday)]

    def open(self, week: int, weekday: int) -> bool:
        """Whether something can be held on this weekday (0: Monday) of a week."""
        return DAYS * (week - 1) + weekday not in self.closed


@dataclass(frozen=True)
class Rhythm:
    """``sessions`` once every ``every`` weeks; the first in one of the weeks ``earliest`` to ``latest``.

    ``gapless`` means that no day off can stand in between. Otherwise the term has no weekday without one, and gaps
    may become longer, but by days off alone.
    """

    every: int
    sessions: int
    earliest: int
    latest: int
    gapless: bool


def longest_gap(weeks_held: Iterable[int], weeks: int) -> int:
    """The most weeks from one activity to the next; the term begins as if week 0 had one and ends as if week + 1 had.

    An activity comes at least once in every N weeks in a row exactly when this is at most N.
    """
    return max(later - earlier for earlier, later in pairwise([0, *sorted(set(weeks_held)), weeks + 1]))


def rhythm_for(calendar: Calendar, weekdays: Collection[int], at_least_every: int) -> Rhythm | None:
    """The fewest sessions that meet a frequency on some of the weekdays; None where not one can be held.

    Say that W = K·N + r weeks are to hold an activity in every N of them. Whoever begins in one of the weeks r + 1 to
    N has exactly K dates left in the term, N weeks apart, and they meet the frequency: the first lies within N weeks
    of the term's beginning and the last within N of its end. A planner that must hold K sessions inside the term can
    use none of these dates less, so that it cannot begin where a day off takes one away: whatever it chooses is
    without a gap. Whoever begins in the weeks 1 to r has K + 1 dates, of which the same is true. Where days off spoil
    every such beginning, as many sessions are held as days off leave; each of the dates left is used then, too.
    """
    count, rest = divmod(calendar.weeks, at_least_every)
    late = _fullest(calendar, weekdays, at_least_every, range(rest + 1, at_least_every + 1), count)
    early = _fullest(calendar, weekdays, at_least_every, range(1, rest + 1), count + 1)
    possible = [(rhythm, dates - rhythm.sessions) for rhythm, dates in ((late, count), (early, count + 1)) if rhythm]
    return min(possible, key=lambda candidate: candidate[1])[0] if possible else None


def _fullest(
    calendar: Calendar, weekdays: Collection[int], every: int, weeks: Iterable[int], dates: int
) -> Rhythm | None:
    """As many sessions as days off leave at most of so many dates, and the weeks from which these can be held."""
    sessions_by_week = {
        week: max((len(calendar.weeks_held(week, day, every)) for day in weekdays), default=0) for week in weeks
    }
    most = max(sessions_by_week.values(), default=0)
    if most == 0:
        return None
    good = [week for week, sessions in sessions_by_week.items() if sessions == most]
    return Rhythm(every, most, good[0], good[-1], gapless=most == dates)


def skipped(calendar: Calendar, first: int, weekday: int, every: int) -> Iterator[int]:
    """The weeks in which an activity would have been held, had the day not been off."""
    return (week for week in range(first, calendar.weeks + 1, every) if not calendar.open(week, weekday))
