"""Sets of weekly meetings: all of them, or where there would be far too many, those that are likely to be chosen.

Five meetings a week at sixteen times a day make more than a million sets. Of so many only some are looked at: the same
time on all days, and on each day a few times spread over the hours that rooms and teachers have, the best hours first.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from solver.problem.plan import Meeting

MAX_SERIES = 20_000
"""Sets of one kind of section, times the weeks in which it may begin, that are all looked at."""
LEAST_SHARE = 50
"""Sets looked at of each kind of hours that rooms and teachers have."""
MeetingSet = tuple[Meeting, ...]


def number_of_sets(singles: Iterable[Meeting], per_week: int, day_gap: int) -> int:
    """How many sets of so many meetings there are, with so many days from one to the next."""
    starts = [0] * 7
    for meeting in singles:
        starts[meeting.weekday] += 1
    # ending[chosen][day]: the sets of so many meetings whose last is on a day
    ending = starts
    for _meeting in range(per_week - 1):
        ending = [starts[day] * sum(ending[: max(0, day - max(day_gap, 1) + 1)]) for day in range(7)]
    return sum(ending) if per_week else 1


def all_sets(singles: Sequence[Meeting], per_week: int, day_gap: int) -> Iterator[MeetingSet]:
    """Every set of weekly meetings of the right number, far enough apart, in the order of the week."""

    def extend(chosen: MeetingSet, missing: int) -> Iterator[MeetingSet]:
        if not missing:
            yield chosen
            return
        for meeting in singles:
            if not chosen or meeting.weekday - chosen[-1].weekday >= day_gap:
                yield from extend((*chosen, meeting), missing - 1)

    return extend((), per_week)


def likely_sets(
    hours: Sequence[Sequence[Meeting]], per_week: int, day_gap: int, cost: Callable[[Meeting], int], most: int
) -> list[MeetingSet]:
    """At most so many sets; ``hours`` are the single meetings that some room and some teacher allow.

    Each of these gets its share: whoever has any set has one of those chosen.
    """
    chosen: dict[MeetingSet, None] = {}
    share = max(LEAST_SHARE, most // max(1, len(hours)))
    for singles in hours:
        chosen |= dict.fromkeys(_of_one(singles, per_week, day_gap, cost, share))
        if len(chosen) >= most:
            break
    return list(islice(chosen, most))


def _of_one(
    singles: Sequence[Meeting], per_week: int, day_gap: int, cost: Callable[[Meeting], int], share: int
) -> list[MeetingSet]:
    if number_of_sets(singles, per_week, day_gap) <= share:
        return list(all_sets(singles, per_week, day_gap))
    spread = _spread(singles, per_week, day_gap, cost, share // 2)
    return [*spread, *_at_one_time(singles, per_week, day_gap, cost, share - len(spread))]


def _at_one_time(
    singles: Sequence[Meeting], per_week: int, day_gap: int, cost: Callable[[Meeting], int], most: int
) -> list[MeetingSet]:
    """The same time on all days, the cheapest times first."""
    by_start: dict[int, list[Meeting]] = {}
    for meeting in singles:
        by_start.setdefault(meeting.start, []).append(meeting)
    sets: list[MeetingSet] = []
    for start in sorted(by_start, key=lambda time: (min(map(cost, by_start[time])), time)):
        sets += all_sets(by_start[start], per_week, day_gap)
        if len(sets) >= most:
            break
    return sets[:most]


def _spread(
    singles: Sequence[Meeting], per_week: int, day_gap: int, cost: Callable[[Meeting], int], most: int
) -> list[MeetingSet]:
    """On each weekday as many times, the cheapest and others spread over its hours, as make no more sets than that."""
    by_day: dict[int, list[Meeting]] = {}
    for meeting in singles:
        by_day.setdefault(meeting.weekday, []).append(meeting)
    few: list[Meeting] = []
    for number in range(1, max(map(len, by_day.values()), default=0) + 1):
        more = sorted(meeting for of_day in by_day.values() for meeting in _some(of_day, number, cost))
        if few and number_of_sets(more, per_week, day_gap) > most:
            break
        few = more
    return list(all_sets(few, per_week, day_gap))[: max(1, most)]


def _some(of_day: Sequence[Meeting], number: int, cost: Callable[[Meeting], int]) -> list[Meeting]:
    """So many meetings of a day: the cheapest, and others at equal distances."""
    cheapest = min(of_day, key=lambda meeting: (cost(meeting), meeting.start))
    step = len(of_day) / number
    return list(dict.fromkeys([cheapest, *(of_day[int(step * place)] for place in range(1, number))]))
