"""Which single thing more would help a plan most: an hour of a room or teacher, a session, a subject, some budget.

First the sections that are left out, and those that cost most, are asked what they would give for one thing more. Then
the things most wanted are tried: who wants them, and who would like the places these leave, are placed anew with the
thing and without it, everything else fixed. Both times CP-SAT chooses among all their good placements, so that no
chance is in the difference.
"""

from collections.abc import Callable
from itertools import zip_longest

from msgspec import Struct

from solver.analysis.cost_delta import cost_delta
from solver.analysis.explain.exchange import exchange
from solver.analysis.explain.study import Study
from solver.analysis.marginal_value.requests import Requests
from solver.analysis.plan_index import PlanIndex
from solver.analysis.relaxations import AnyRelaxation, ExtendAvailability, OpenRoom
from solver.model.cost_model import own_cost
from solver.problem.plan import Id, Placement, Plan
from solver.problem.term import Term
from solver.stopping import StoppingCriterion

__all__ = ["MarginalGain", "Trials", "marginal_values"]

MAX_ASKED = 150
MAX_TRIED = 24
SHARE_OF_ASKING = 0.4
"""How much of the time goes into asking at most; the rest is for trials."""
WANTING = 3
"""How many of those who want a thing take part in a trial, and as many who want their places."""


class MarginalGain(Struct, frozen=True):
    """The value of one thing more, at least: a plan with it beside the best one found without it."""

    thing: AnyRelaxation
    gain: int
    """How much less the plan with the thing costs, weighted, than the one without it."""
    places: tuple[Id, ...]
    """The sections that are placed with the thing and left out without it."""
    placements: dict[Id, Placement]
    """What differs from the plan at hand once the thing is there: with these placements the plan is legal."""
    proven: bool
    """Whether both plans are proven to be the best choice among the cheapest placements of those that took part."""


class Trials(Struct, frozen=True):
    """How far the trials are, and what they have shown until now."""

    tried: int
    of: int
    gains: list[MarginalGain]
    """The most valuable first."""


def _ignore(_trials: Trials) -> None:
    """Nobody listens."""


def marginal_values(
    term: Term,
    plan: Plan,
    stopping: StoppingCriterion | None = None,
    asked: int = MAX_ASKED,
    tried: int = MAX_TRIED,
    heard: Callable[[Trials], None] = _ignore,
) -> list[MarginalGain]:
    """The value of single things more, the most valuable first; those that help nobody are left out.

    ``asked`` sections are asked and ``tried`` things tried, fewer where ``stopping`` is reached: without it the answer
    is the same each time. ``heard`` is told of the trials before the first and after each one.
    """
    stopping = stopping or StoppingCriterion(None)
    study = Study(PlanIndex(term, plan.placed))
    requests = _asked(study, asked, stopping)
    gains: list[MarginalGain] = []
    things = _most_wanted(requests)[:tried]
    heard(Trials(0, len(things), []))
    for number, thing in enumerate(things, 1):
        if stopping.reached():
            break
        gain = _tried(study, thing, _part(requests, thing))
        if gain is not None:
            gains.append(gain)
        heard(Trials(number, len(things), _best_first(gains)))
    return _best_first(gains)


def _best_first(gains: list[MarginalGain]) -> list[MarginalGain]:
    return sorted(gains, key=lambda gain: (-gain.gain, gain.thing.effort))


def _asked(study: Study, most: int, stopping: StoppingCriterion) -> Requests:
    """The requests of those who are left out and of those who cost most, until too much of the time is gone."""
    requests = Requests(study)
    placed = study.plan_index.placed
    names = [section.id for section in study.term.sections]
    names.sort(key=lambda name: (name in placed, -own_cost(study.term, name, placed.get(name))))
    for name in names[:most]:
        if stopping.seconds is not None and stopping.elapsed() > SHARE_OF_ASKING * stopping.seconds:
            break
        requests.ask(name)
    return requests


def _most_wanted(requests: Requests) -> list[AnyRelaxation]:
    """The things wanted most of every kind in turn, so that each kind is tried; of a day's hours only the best."""
    kinds: dict[str, dict[tuple[object, ...], AnyRelaxation]] = {}
    # what ties is ordered by how it is written, so that the same things are tried each time
    for thing in sorted(
        requests.things, key=lambda thing: (-_saved(requests.things[thing]), thing.effort, repr(thing))
    ):
        kinds.setdefault(type(thing).__name__, {}).setdefault(_much_alike(thing), thing)
    return [thing for turn in zip_longest(*(kind.values() for kind in kinds.values())) for thing in turn if thing]


def _much_alike(thing: AnyRelaxation) -> tuple[object, ...]:
    """The same for two things that hardly differ: other hours of the same day."""
    match thing:
        case OpenRoom(room=name, hours=hours) | ExtendAvailability(teacher=name, hours=hours):
            return name, hours[0].weekday
    return (thing,)


def _saved(wanting: dict[str, int]) -> int:
    return sum(sorted(wanting.values(), reverse=True)[:WANTING])


def _part(requests: Requests, thing: AnyRelaxation) -> list[str]:
    """Those who want a thing most, then those who want their places most."""
    wanting = _greatest(requests.things[thing])
    beneficiaries: dict[str, int] = {}
    for name in wanting:
        for other, saved in requests.places[name].items():
            beneficiaries[other] = max(saved, beneficiaries.get(other, 0))
    return list(dict.fromkeys((*wanting, *_greatest(beneficiaries))))


def _greatest(saved: dict[str, int]) -> list[str]:
    return sorted(saved, key=lambda name: (-saved[name], name))[:WANTING]


def _tried(study: Study, thing: AnyRelaxation, part: list[str]) -> MarginalGain | None:
    """The gain of a thing for a part of the plan, if it has any."""
    required = [name for name in part if name in study.plan_index.placed]
    relaxed = study.under(thing.apply(study.term))
    without, having = exchange(study, part, required), exchange(relaxed, part, required)
    if without is None or having is None:
        return None
    before = cost_delta(study.plan_index, without.placements)
    after = cost_delta(study.plan_index, having.placements, relaxed.term)
    gain = before.total - after.total
    if after.violations or gain <= 0:
        return None
    left_out = (name for name in having.placements if name not in required and name not in without.placements)
    return MarginalGain(thing, gain, tuple(left_out), having.placements, without.proven and having.proven)
