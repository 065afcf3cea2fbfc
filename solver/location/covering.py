"""Covers a course's people with sections: window by window, then again with other windows while that helps."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from solver.location.assignment import ModelWindow, Sent
from solver.location.classes import divided
from solver.location.instance import LocationProblem, OpeningLimits, WaitingCommunity
from solver.location.objective import Flows, cost_of
from solver.location.proposal import LocationProposal
from solver.location.reasons import communities_left_out
from solver.location.windows import LARGEST, cut_in_halves, neighbourhoods

Ways = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class LocationEffort:
    """How long to search: CP-SAT's deterministic seconds for each window, rounds over all windows, and the seed.

    Each community looks at so many of the places in its reach, the nearest ones.
    """

    window_seconds: float = 0.2
    rounds: int = 2
    nearest_places: int = 10
    largest_window: int = LARGEST
    seed: int = 1


def propose_sections(instance: LocationProblem, effort: LocationEffort | None = None) -> LocationProposal:
    """The cheapest sections that were found; the same for the same input and effort."""
    effort = effort or LocationEffort()
    ways = instance.ways()
    looked_at = _nearest(ways, effort.nearest_places)
    sent = _covered(instance, looked_at, effort)
    sections = divided(instance, ways, sent)
    return LocationProposal(
        tuple(sections),
        tuple(communities_left_out(instance, ways, sent)),
        cost_of(instance, ways, sent.flows, sent.counts),
        sent.proven and len(looked_at) == len(ways),
    )


def _nearest(ways: Ways, most: int) -> dict[tuple[str, str], int]:
    """The ways to the nearest places of each community; ways are in that order."""
    taken: Counter[str] = Counter()
    nearest = {}
    for (community, place), metres in ways.items():
        taken[community] += 1
        if taken[community] <= most:
            nearest[community, place] = metres
    return nearest


def _covered(instance: LocationProblem, ways: Ways, effort: LocationEffort) -> Sent:
    """Cover everybody as if nothing were limited; then keep to the limits, and improve within them."""
    groups = neighbourhoods(instance.communities, ways)
    if sum(map(len, groups)) <= effort.largest_window:
        return _resend(instance, ways, Sent({}, {}, True), [each for group in groups for each in group], effort)
    unlimited = replace(instance, limits=OpeningLimits())
    sent = _rounds(unlimited, ways, groups, Sent({}, {}, True), effort)
    if _keeps(instance, sent.counts):
        return sent
    limited = _rounds(instance, ways, groups, _within_limits(instance, sent), effort)
    return replace(limited, proven=False)


def _rounds(
    instance: LocationProblem, ways: Ways, groups: list[list[WaitingCommunity]], sent: Sent, effort: LocationEffort
) -> Sent:
    """Solve all windows, each round with other cuts, until a round changes nothing."""
    proven = True
    for number in range(effort.rounds):
        before = sent
        for window in _windows(groups, number % 2, effort.largest_window):
            sent = _resend(instance, ways, sent, window, effort)
            proven = proven and sent.proven
        undivided = all(len(group) <= effort.largest_window for group in groups)
        if undivided or (number and before.flows == sent.flows):
            return replace(sent, proven=proven and undivided)
    return replace(sent, proven=False)


def _windows(groups: list[list[WaitingCommunity]], turn: int, largest: int) -> Iterator[list[WaitingCommunity]]:
    for group in groups:
        yield from cut_in_halves(group, turn, largest)


def _resend(
    instance: LocationProblem, ways: Ways, sent: Sent, window: Collection[WaitingCommunity], effort: LocationEffort
) -> Sent:
    """Send the people of the window anew, wherever they are not together with people from outside it."""
    inside = {community.id for community in window}
    bound = {place for (community, place) in sent.flows if community not in inside}
    free = {place for (community, place) in ways if community in inside} - bound
    staying = {way: people for way, people in sent.flows.items() if way[1] not in free}
    counts = {place: count for place, count in sent.counts.items() if place not in free}
    asked = _window(instance, window, staying, counts, free)
    start = Sent(
        {way: people for way, people in sent.flows.items() if way[1] in free},
        {place: count for place, count in sent.counts.items() if place in free},
        False,
    )
    # OR-Tools takes seconds to load: whoever asks for no location does not pay for it
    from solver.location.model import solve_window  # noqa: PLC0415
    from solver.model.cp_sat import Effort  # noqa: PLC0415

    resent = solve_window(instance, ways, asked, Effort(None, effort.window_seconds, effort.seed), start)
    return Sent(staying | resent.flows, counts | resent.counts, resent.proven)


def _window(
    instance: LocationProblem,
    window: Collection[WaitingCommunity],
    staying: Flows,
    counts: Mapping[str, int],
    free: Collection[str],
) -> ModelWindow:
    elsewhere: dict[str, int] = {}
    for (community, _place), people in staying.items():
        elsewhere[community] = elsewhere.get(community, 0) + people
    limits, price = instance.limits, {place.id: place.price for place in instance.places}
    spent = sum(price[place] * count for place, count in counts.items())
    return ModelWindow(
        people={each.id: each.people - elsewhere.get(each.id, 0) for each in window},
        elsewhere=elsewhere,
        most={place.id: place.most_sections for place in instance.places if place.id in free},
        limits=OpeningLimits(
            None if limits.sections is None else max(0, limits.sections - sum(counts.values())),
            None if limits.money is None else max(0, limits.money - spent),
        ),
    )


def _keeps(instance: LocationProblem, counts: Mapping[str, int]) -> bool:
    price = {place.id: place.price for place in instance.places}
    limits = instance.limits
    money = sum(price[place] * count for place, count in counts.items())
    return (limits.sections is None or sum(counts.values()) <= limits.sections) and (
        limits.money is None or money <= limits.money
    )


def _within_limits(instance: LocationProblem, sent: Sent) -> Sent:
    """Close the places that serve fewest people for each section, until the limits are kept."""
    flows, counts = dict(sent.flows), dict(sent.counts)
    while counts and not _keeps(instance, counts):
        load = dict.fromkeys(counts, 0)
        for (_community, place), people in flows.items():
            load[place] += people
        # among equals the name decides, so that the answer is the same each time
        least = min(counts, key=lambda place: (load[place] / counts[place], place))
        del counts[least]
        flows = {way: people for way, people in flows.items() if way[1] != least}
    return Sent(flows, counts, False)
