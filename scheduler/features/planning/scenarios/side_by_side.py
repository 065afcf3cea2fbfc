"""Scenarios side by side: one column for each plan, today's first, and what each wins against it, in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from flask_babel import LazyString, format_decimal, format_number, gettext as _, lazy_gettext as _l, ngettext

from scheduler.engine.analysis.changes import Weigh, read_changes
from scheduler.engine.analysis.measures import Measures
from scheduler.engine.analysis.what_if import changed_sections, measures_of
from scheduler.engine.words.sentences import cost_part
from scheduler.features.planning.scenarios.queries import ScenarioState
from scheduler.models import Plan, Scenario
from scheduler.web.i18n import distance, percent, yuan

MINUS = "\N{MINUS SIGN}"
SMALLEST_WAY = 5
"""Metres below which two ways on average are told as the same."""


@dataclass(frozen=True)
class PlanColumn:
    """A plan with its figures; the first column has no scenario, or the one that all others are compared with."""

    plan: Plan
    scenario: Scenario | None
    measures: Measures
    changed: int
    outdated: bool
    own_weights: bool
    """Whether the cost counts otherwise than in the term, so that it tells nothing beside others."""

    @property
    def title(self) -> str:
        """What the column is called."""
        return self.scenario.name if self.scenario else _("Today: %(plan)s", plan=self.plan.name)


@dataclass(frozen=True)
class FigureCell:
    """A figure in words, its bar from 0 to 1, and how it differs from the first column's: better, worse or neither."""

    text: str
    share: float
    difference: str = ""
    better: bool | None = None


@dataclass(frozen=True)
class FigureRow:
    """One figure of every plan."""

    label: str
    cells: list[FigureCell]


@dataclass(frozen=True)
class Figure:
    """How one figure is read and written; ``good`` is 1 where more is better, -1 where less is, 0 where neither."""

    label: str | LazyString
    value: Callable[[PlanColumn], float | None]
    words: Callable[[float], str]
    good: int
    of_cost: bool = False


def number(value: float) -> str:
    """A whole number as the reader writes it."""
    return str(format_number(round(value)))


def points(share: float) -> str:
    """A difference between two shares."""
    return _("%(number)s percentage points", number=format_decimal(round(100 * share, 1)))


FIGURES = (
    Figure(_l("Sections placed"), lambda column: column.measures.placed, number, 1),
    Figure(_l("Learners with a place"), lambda column: column.measures.learners_placed, number, 1),
    Figure(_l("Learners within reach"), lambda column: column.measures.within_reach, number, 1),
    Figure(_l("At most 15 minutes on foot"), lambda column: column.measures.near_share, percent, 1),
    Figure(_l("Way on average"), lambda column: column.measures.mean_metres, distance, -1),
    Figure(_l("Fairness: way of the worst tenth"), lambda column: column.measures.worst_metres, distance, -1),
    Figure(_l("Fairness: communities not served"), lambda column: column.measures.uncovered, number, -1),
    Figure(_l("Fees"), lambda column: column.measures.yuan, lambda value: yuan(round(value)), -1),
    Figure(_l("Cost of the plan"), lambda column: column.measures.total, number, -1, of_cost=True),
)
CHANGED = Figure(_l("Sections held otherwise"), lambda column: column.changed, number, 0)
BROKEN = Figure(_l("Broken rules"), lambda column: column.measures.broken, number, -1)


@dataclass(frozen=True)
class SideBySide:
    """The table: columns, the rows of figures, and those of the cost by part."""

    columns: list[PlanColumn]
    rows: list[FigureRow]
    cost: list[FigureRow]

    @property
    def base(self) -> PlanColumn:
        """What all others are compared with."""
        return self.columns[0]


def side_by_side(base: Plan, standings: Sequence[ScenarioState], today: Plan | None = None) -> SideBySide:
    """The plan that all are compared with, today's where that is another one, and the scenarios that have a plan."""
    outdated = {standing.plan.id for standing in standings if standing.plan and standing.outdated}
    scenario_plans = [standing.plan for standing in standings if standing.plan and not standing.scenario.taken_over]
    plans = dict.fromkeys((base, *([today] if today else []), *scenario_plans))
    columns = [_column(base, plan, plan.id in outdated) for plan in plans]
    broken = [BROKEN] if any(column.measures.broken for column in columns) else []
    names = {name for column in columns for name, amount in column.measures.cost.items() if amount}
    parts = [Figure(cost_part(name), partial(_part, name), number, -1, of_cost=True) for name in sorted(names)]
    return SideBySide(
        columns, [_row(figure, columns) for figure in (*FIGURES, CHANGED, *broken)],
        [_row(figure, columns) for figure in parts],
    )


def _part(name: str, column: PlanColumn) -> float:
    return column.measures.cost.get(name, 0)


def _column(base: Plan, plan: Plan, outdated: bool) -> PlanColumn:
    changes = read_changes(plan.assumes.changes) if plan.assumes else []
    weighed = any(isinstance(change, Weigh) for change in changes)
    return PlanColumn(plan, plan.assumes, measures_of(plan), changed_sections(base, plan), outdated, weighed)


def _row(figure: Figure, columns: Sequence[PlanColumn]) -> FigureRow:
    values = [figure.value(column) for column in columns]
    most = max((value for value in values if value is not None), default=0) or 1
    first = values[0]
    cells = [FigureCell(_text(figure, first), (first or 0) / most)]
    for column, value in zip(columns[1:], values[1:], strict=True):
        told = None not in (first, value) and not (figure.of_cost and column.own_weights) and figure is not CHANGED
        difference = (value or 0) - (first or 0) if told else 0
        cells.append(FigureCell(_text(figure, value), (value or 0) / most, *_difference(figure, difference, told)))
    return FigureRow(str(figure.label), cells)


def _text(figure: Figure, value: float | None) -> str:
    return "–" if value is None else figure.words(value)


def _difference(figure: Figure, difference: float, told: bool) -> tuple[str, bool | None]:
    """The difference with its sign, and whether it is for the better; differences that cannot be seen are none."""
    words = points if figure.words is percent else figure.words
    if not told:
        return "", None
    if words(abs(difference)) == words(0):
        return _("the same"), None
    sign = "+" if difference > 0 else MINUS
    return sign + words(abs(difference)), (difference > 0) == (figure.good > 0)


def wins(base: PlanColumn, column: PlanColumn) -> str:
    """What a scenario wins and loses against the first column, as one line."""
    after, before = column.measures, base.measures
    said = [
        *_places(after.placed - before.placed, after.learners_placed - before.learners_placed),
        _way((after.mean_metres or 0) - (before.mean_metres or 0)) if after.placed and before.placed else "",
        _money(after.yuan - before.yuan),
    ]
    return _("; ").join(filter(None, said))


def _places(sections: int, learners: int) -> list[str]:
    """How many sections and learners more or fewer have a place; in one breath where both go the same way."""
    if sections * learners > 0:
        return [_("%(sections)s (%(number)s learners)", sections=_sections(sections), number=number(abs(learners)))]
    if learners == 0:
        return [_sections(sections)]
    text = _("%(number)s more learners have a place") if learners > 0 else _("%(number)s learners fewer have a place")
    return [_sections(sections), text % {"number": number(abs(learners))}]


def _sections(sections: int) -> str:
    if sections == 0:
        return _("as many sections are placed")
    if sections > 0:
        return str(ngettext("%(num)s more section is placed", "%(num)s more sections are placed", sections))
    return str(ngettext("%(num)s section fewer is placed", "%(num)s sections fewer are placed", -sections))


def _way(metres: float) -> str:
    if abs(metres) < SMALLEST_WAY:
        return _("the way stays the same on average")
    if metres < 0:
        return _("the way is %(metres)s shorter on average", metres=distance(-metres))
    return _("the way is %(metres)s longer on average", metres=distance(metres))


def _money(amount: int) -> str:
    if amount == 0:
        return _("fees stay the same")
    if amount > 0:
        return _("%(yuan)s more in fees", yuan=yuan(amount))
    return _("%(yuan)s less in fees", yuan=yuan(-amount))


def base_among(standings: Sequence[ScenarioState], today: Plan | None) -> Plan | None:
    """The plan of the scenario that changes nothing, as it was searched for as long; without one today's plan."""
    unchanged = (
        standing.plan for standing in standings if standing.plan and standing.unchanged and not standing.outdated
    )
    return next(unchanged, today)
