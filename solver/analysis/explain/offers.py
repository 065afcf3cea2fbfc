"""The least that has to be granted so that a section finds a place, each offer with a plan that proves it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from solver.analysis.cost_delta import cost_delta
from solver.analysis.explain.exchange import by_exchange
from solver.analysis.explain.moves import by_moving
from solver.analysis.explain.prospects import Chance, Prospects
from solver.analysis.explain.remedies import REMEDIES, remedies
from solver.analysis.explain.study import Study
from solver.analysis.explain.variants import variants
from solver.analysis.relaxations import AnyRelaxation, Relaxation
from solver.problem.plan import Id, Placement
from solver.search.insertion import bits_of

MAX_OFFERS = 12
MAX_OF_A_KIND = 3
ENOUGH = 3
"""With so many offers that grant one thing, nobody asks for two."""
MAX_HOURS = 40
MAX_WITH_MOVES = 6
MOVE_EFFORT = 2
LEARNERS_A_POINT = 10


class Offer(Struct, frozen=True):
    """What to grant, and which placements then make a legal plan together with those that stay."""

    relaxations: tuple[AnyRelaxation, ...]
    """Nothing, where it is enough to move other sections, or where the section has a free place."""
    placements: dict[Id, Placement]
    """Where the section goes, and those that make way for it."""
    effort: int
    """How much is asked in points, the sections that move included."""
    cost: int
    """By how much the cost of the plan rises, weighted; negative where it falls."""


def offers_for(study: Study, name: str) -> list[Offer]:
    """Offers that would place a section which is not placed, those that ask least first."""
    collected = _OfferCollection(study, name)
    collected.try_moves((), study)
    if any(not offer.effort for offer in collected.offers):
        return collected.offers
    prospects = study.prospects(name)
    collected.try_each(_priced_grants(prospects, prospects.chances(1)), MAX_OFFERS)
    collected.try_each(variants(study, name), MAX_OFFERS)
    if len(collected.offers) < ENOUGH:
        collected.try_each(_priced_grants(prospects, prospects.chances(2)), ENOUGH)
    if len(collected.offers) < ENOUGH:
        collected.grant_and_move(prospects)
    if not collected.offers and (placements := by_exchange(study, name)) is not None:
        collected.add((), placements)
    return sorted(collected.offers, key=lambda offer: (offer.effort, offer.cost))[:MAX_OFFERS]


PricedGrant = tuple[tuple[AnyRelaxation, ...], int, Placement]
"""What to grant for a placement, with what the placement costs by itself."""


def _priced_grants(prospects: Prospects, chances: Iterable[Chance]) -> Iterator[PricedGrant]:
    """For each chance that only grants are missing for, what they would be at its hours."""
    scope = prospects.scope
    for chance in chances:
        if chance.codes and REMEDIES.keys() >= set(chance.codes):
            numbers = sorted(bits_of(chance.series), key=scope.series_cost.__getitem__)
            for number in numbers[:MAX_HOURS]:
                cost = chance.cost + scope.series_cost[number]
                placement = scope.placement(chance.room, chance.teacher, number)
                if granted := remedies(prospects, chance, number):
                    yield granted, cost, placement


class _OfferCollection:
    """The offers for one section, as far as they have been tried."""

    def __init__(self, study: Study, name: str) -> None:
        self.study = study
        self.name = name
        self.offers: list[Offer] = []

    def try_each(self, attempts: Iterable[PricedGrant], most: int) -> None:
        """Add the smallest of some wants that a check confirms, not too many of one kind."""
        kinds: Counter[tuple[type, ...]] = Counter()
        added = 0
        for granted, _, placement in _smallest(attempts):
            kind = tuple(map(type, granted))
            if added < most and kinds[kind] < MAX_OF_A_KIND and self.add(granted, {self.name: placement}):
                kinds[kind] += 1
                added += 1

    def try_moves(self, granted: tuple[AnyRelaxation, ...], study: Study) -> None:
        """Add the free place that is there, else one that others make."""
        best = study.prospects(self.name).best()
        if best is not None:
            self.add(granted, {self.name: best[1]})
        elif (arrangement := by_moving(study, self.name)) is not None:
            self.add(granted, arrangement.placements)

    def grant_and_move(self, prospects: Prospects) -> None:
        """Grant one thing and let others make way for the rest that is missing."""
        chances = (
            Chance(chance.room, chance.teacher, helped, chance.series, chance.cost)
            for chance in prospects.chances(2)
            if (helped := tuple(code for code in chance.codes if code in REMEDIES)) and len(helped) < len(chance.codes)
        )
        for granted, _, _ in _smallest(_priced_grants(prospects, chances))[:MAX_WITH_MOVES]:
            term = self.study.term
            for relaxation in granted:
                term = relaxation.apply(term)
            self.try_moves(granted, self.study.under(term))

    def add(self, granted: tuple[AnyRelaxation, ...], placements: dict[str, Placement]) -> bool:
        """Add an offer unless less is enough or a check finds something against its plan; whether it did."""
        if any(set(offer.relaxations) <= set(granted) for offer in self.offers if offer.relaxations):
            return False
        plan_index, term = self.study.plan_index, self.study.term
        for relaxation in granted:
            term = relaxation.apply(term)
        delta = cost_delta(plan_index, placements, term)
        if not delta.violations:
            moved = sum(
                MOVE_EFFORT + term.section[name].size // LEARNERS_A_POINT for name in placements if name != self.name
            )
            effort = moved + sum(relaxation.effort for relaxation in granted)
            self.offers.append(Offer(granted, placements, effort, delta.total))
        return not delta.violations


def _smallest(attempts: Iterable[PricedGrant]) -> list[PricedGrant]:
    """For what is granted to whom only the smallest amount, and then the cheapest placement; smallest first."""
    best: dict[tuple[tuple[type, str], ...], tuple[int, int, PricedGrant]] = {}
    for attempt in attempts:
        granted, cost, _ = attempt
        key = tuple((type(relaxation), _whom(relaxation)) for relaxation in granted)
        rank = sum(relaxation.effort for relaxation in granted), cost
        if key not in best or rank < best[key][:2]:
            best[key] = (*rank, attempt)
    return [attempt for _, _, attempt in sorted(best.values(), key=lambda entry: entry[:2])]


def _whom(relaxation: Relaxation) -> str:
    """The id of the room, teacher, unit or section that something is granted to."""
    whom: str = getattr(relaxation, relaxation.__struct_fields__[0])
    return whom
