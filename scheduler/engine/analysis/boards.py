"""The plan of a board as it stands: where a section may go, what that would break, and what it would cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import solver
from scheduler.audit.cache import StampedCache
from scheduler.core.extensions import db
from scheduler.engine.documents.keys import ROOM, SECTION, TEACHER, key
from scheduler.engine.documents.placements import current_placements
from scheduler.engine.documents.places import SectionPlace
from scheduler.engine.documents.term_cache import Prepared, prepared
from scheduler.models import Plan
from scheduler.web.read_only import is_read_only
from solver import (
    Obstacles,
    PatternCache,
    PinnedPlaced,
    PlacementPrices,
    PlanIndex,
    TargetRow,
    Track,
    breaks,
    cost_rise,
    move_targets,
)

Key = TypeVar("Key")
Ids = Iterable[int] | None
MAX_TERMS: Final = 8
_costs = StampedCache(capacity=32)
_empty_plans = StampedCache(MAX_TERMS)
_ready = StampedCache(MAX_TERMS)
_plans = StampedCache(MAX_TERMS)
"""Plans as questions found them. What a request is about to change is not kept: it could still be given up."""


@dataclass(frozen=True)
class MoveVerdict:
    """What a move breaks that must not be broken, and by how much it raises each part of the cost."""

    violations: tuple[solver.Violation, ...]
    cost: dict[str, int]


class Board:
    """A plan in its term as both are at this moment."""

    def __init__(self, plan: Plan) -> None:
        self._key = str(db.engine.url), plan.id
        document = prepared(plan.term)
        self._term = document.document
        self._term_stamp, self._created = document.stamp, plan.created_at
        self._stamp = document.stamp, plan.created_at, plan.version, plan.total
        self._term_key = str(db.engine.url), plan.term_id
        empty, self._pattern_cache = _empty_plan(self._term_key, document)
        plan_index = _plans.get(self._key, self._stamp)
        if plan_index is None:
            plan_index = empty.changed(_placed(plan.id, self._term))
            if is_read_only():
                _plans.put(self._key, self._stamp, plan_index)
        self._plan_index: PlanIndex = plan_index

    def prepare(self) -> None:
        """Work out what the first look at a section of each kind, and the first move, would have to wait for."""
        self.cost()
        if _ready.get(self._term_key, self._term_stamp):
            return
        kinds = {
            (
                section.minutes,
                section.sessions,
                section.per_week,
                section.every,
                section.first_weeks,
                section.day_gap,
                section.windows,
            ): section.id
            for section in self._term.sections
        }
        for name in kinds.values():
            move_targets(self._plan_index, name, {}, None, self._pattern_cache)
        _ready.put(self._term_key, self._term_stamp, True)

    def place_of(self, section_id: int) -> SectionPlace | None:
        """Where the section is now."""
        placement = self._plan_index.placed.get(key(SECTION, section_id))
        return None if placement is None else SectionPlace.from_document(placement)

    def weekdays(self) -> set[int]:
        """The days of the week on which something is held or could be."""
        windows = (window.weekday for section in self._term.sections for window in section.windows)
        used = (meeting.weekday for placement in self._plan_index.placed.values() for meeting in placement.meetings)
        return {*windows, *used}

    def move_targets(
        self, section_id: int, rows: Mapping[Key, tuple[Ids, Ids]], leaving: int | None, anywhere: Key
    ) -> dict[Key, Track]:
        """For rows given by the ids of their rooms and teachers (None: any) where the section may be put down.

        To these comes, as ``anywhere``, where it may be put down at all, whatever rows are asked for.
        """
        target_rows = {
            row_key: TargetRow(_names(ROOM, rooms), _names(TEACHER, teachers))
            for row_key, (rooms, teachers) in rows.items()
        }
        target_rows[anywhere] = TargetRow(free_only=True)
        return move_targets(self._plan_index, key(SECTION, section_id), target_rows, leaving, self._pattern_cache)

    def verdict(self, section_id: int, place: SectionPlace | None) -> MoveVerdict:
        """What putting the section at a place, or taking it out (None), would break and cost."""
        name, placement = key(SECTION, section_id), place.document if place else None
        now = self._plan_index.placed.get(name)
        without = self._plan_index.changed({name: None})
        if placement is not None and not self._is_in_term(placement):
            return MoveVerdict((breaks("unknown room or teacher", name, placement.room, placement.teacher),), {})
        section = self._term.section[name]
        prices = PlacementPrices(without, section)
        cost = cost_rise(prices.at(now), prices.at(placement))
        if placement is not None:
            return MoveVerdict(Obstacles(without, name).at(placement), cost)
        return MoveVerdict((breaks(PinnedPlaced.code, name),) if section.pinned else (), cost)

    def cost(self) -> dict[str, int]:
        """What the plan costs today, by part."""
        cost = _costs.get(self._key, self._stamp)
        if cost is None:
            cost = solver.check(self._term, solver.Plan(self._plan_index.placed)).cost
            _costs.put(self._key, self._stamp, cost)
        return dict(cost)

    def cost_after(self, change: Mapping[str, int], version: int) -> dict[str, int]:
        """What the plan costs once a move has changed it and given it this version; remembered for later."""
        cost = self.cost()
        for part, amount in change.items():
            cost[part] = cost.get(part, 0) + amount
        _costs.put(self._key, (self._term_stamp, self._created, version, sum(cost.values())), cost)
        return dict(cost)

    def _is_in_term(self, placement: solver.Placement) -> bool:
        return placement.room in self._term.room and placement.teacher in self._term.teacher


def _names(letter: str, ids: Iterable[int] | None) -> frozenset[str] | None:
    return None if ids is None else frozenset(key(letter, number) for number in ids)


def _empty_plan(term_key: tuple[str, int], prepared_term: Prepared) -> tuple[PlanIndex, PatternCache]:
    """The term without any placement, and its hours as far as they were asked for: made once for all its plans.

    They outlive a change of pins, after which a document has the same calendar as before.
    """
    last = _empty_plans.latest(term_key)
    if last is not None and last[0] == prepared_term.stamp:
        return last[1]
    if last is not None and last[1][0].term.calendar is prepared_term.document.calendar:
        empty_plan = last[1][0].under(prepared_term.document), last[1][1]
    else:
        empty_plan = PlanIndex(prepared_term.document, {}), PatternCache()
    _empty_plans.put(term_key, prepared_term.stamp, empty_plan)
    return empty_plan


def _placed(plan_id: int, term: solver.Term) -> dict[str, solver.Placement]:
    """The placements of a plan whose section, room and teacher are still planned with."""
    return {
        name: placement
        for name, placement in current_placements(plan_id).items()
        if name in term.section and placement.room in term.room and placement.teacher in term.teacher
    }
