"""What sections would give for one thing more, or for the place of another section."""

from collections import defaultdict

from solver.analysis.explain.moves import MOVABLE, occupants
from solver.analysis.explain.prospects import Chance, Prospects
from solver.analysis.explain.remedies import remedies
from solver.analysis.explain.study import Study
from solver.analysis.relaxations import (
    AnyRelaxation,
    ExtendAvailability,
    OpenRoom,
    RaiseBudget,
    RaiseWeek,
    TeachSubject,
)
from solver.model.cost_model import own_cost
from solver.model.rules.budget import Budget
from solver.model.rules.room_open import RoomOpen
from solver.model.rules.subject import SubjectTaught
from solver.model.rules.teacher_available import TeacherAvailable
from solver.model.rules.teacher_week_load import TeacherWeekLoad
from solver.problem.term import Hours, Term
from solver.search.insertion import bits_of

GRANTABLE = frozenset({RoomOpen.code, TeacherAvailable.code, SubjectTaught.code, TeacherWeekLoad.code, Budget.code})
MAX_HOURS = 12
HOUR = 60
LONGEST = 2 * HOUR
DAY = 24 * HOUR
BUDGET_STEP = 1000


class Requests:
    """Who would save how much, by what a placement costs by itself: a hint at what to try, no more."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self.things: defaultdict[AnyRelaxation, dict[str, int]] = defaultdict(dict)
        """For each thing the sections that want it."""
        self.places: defaultdict[str, dict[str, int]] = defaultdict(dict)
        """For each placed section those that want its room or teacher."""

    def ask(self, name: str) -> None:
        """Note what a section would save with one thing more, or without one other section."""
        cost = own_cost(self._study.term, name, self._study.plan_index.placed.get(name))
        prospects = self._study.prospects(name)
        for chance in prospects.chances(1, below=cost):
            if GRANTABLE.issuperset(chance.codes) and chance.codes:
                self._want_things(prospects, chance, cost)
            elif MOVABLE.issuperset(chance.codes):
                saved = cost - prospects.cheapest(chance)[0]
                for other in occupants(prospects, chance):
                    _note(self.places[other], name, saved)

    def _want_things(self, prospects: Prospects, chance: Chance, cost: int) -> None:
        scope = prospects.scope
        for number in sorted(bits_of(chance.series), key=scope.series_cost.__getitem__)[:MAX_HOURS]:
            saved = cost - chance.cost - scope.series_cost[number]
            things = [thing_of(scope.term, relaxation) for relaxation in remedies(prospects, chance, number)]
            if len(things) == 1 and things[0] is not None:
                _note(self.things[things[0]], prospects.scope.section.id, saved)


def thing_of(term: Term, relaxation: AnyRelaxation) -> AnyRelaxation | None:
    """The one thing as it would be granted: whole hours of one day, a round sum; None where that is not enough."""
    match relaxation:
        case OpenRoom(room=name, hours=(span,)):
            hours = _whole_hours(span, term.room[name].open)
            return OpenRoom(name, (hours,)) if hours else None
        case ExtendAvailability(teacher=name, hours=(span,)):
            hours = _whole_hours(span, term.teacher[name].available)
            return ExtendAvailability(name, (hours,)) if hours else None
        case RaiseBudget(unit=name, yuan=yuan) if yuan <= BUDGET_STEP:
            return RaiseBudget(name, BUDGET_STEP)
        case RaiseWeek(sessions=1) | TeachSubject():
            return relaxation
    return None


def _whole_hours(span: Hours, present: tuple[Hours, ...]) -> Hours | None:
    """The hours that lack, rounded up to whole ones at the end that is free to move."""
    minutes = -(-(span.end - span.start) // HOUR) * HOUR
    if not 0 < minutes <= LONGEST:
        return None
    earlier = any(other.weekday == span.weekday and other.start == span.end for other in present)
    if earlier:
        return Hours(span.weekday, max(0, span.end - minutes), span.end)
    return Hours(span.weekday, span.start, min(DAY, span.start + minutes))


def _note(savings: dict[str, int], name: str, saved: int) -> None:
    if saved > 0:
        savings[name] = max(saved, savings.get(name, 0))
