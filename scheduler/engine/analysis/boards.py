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
_grounds = StampedCache(MAX_TERMS)
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
        self._ground = str(db.engine.url), plan.term_id
        empty, self._shapes = _ground(self._ground, document)
        around = _plans.get(self._key, self._stamp)
        if around is None:
            around = empty.changed(_placed(plan.id, self._term))
            if is_read_only():
                _plans.put(self._key, self._stamp, around)
        self._around: PlanIndex = around

    def prepare(self) -> None:
        """Work out what the first look at a section of each kind, and the first move, would have to wait for."""
        self.cost()
        if _ready.get(self._ground, self._term_stamp):
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
            move_targets(self._around, name, {}, None, self._shapes)
        _ready.put(self._ground, self._term_stamp, True)

    def place_of(self, section_id: int) -> SectionPlace | None:
        """Where the section is now."""
        placement = self._around.placed.get(key(SECTION, section_id))
        return None if placement is None else SectionPlace.from_document(placement)

    def weekdays(self) -> set[int]:
        """The days of the week on which something is held or could be."""
        windows = (window.weekday for section in self._term.sections for window in section.windows)
        used = (meeting.weekday for placement in self._around.placed.values() for meeting in placement.meetings)
        return {*windows, *used}

    def landings(
        self, section_id: int, rows: Mapping[Key, tuple[Ids, Ids]], leaving: int | None, anywhere: Key
    ) -> dict[Key, Track]:
        """For rows given by the ids of their rooms and teachers (None: any) where the section may be put down.

        To these comes, as ``anywhere``, where it may be put down at all, whatever rows are asked for.
        """
        target_rows = {
            one: TargetRow(_names(ROOM, rooms), _names(TEACHER, teachers)) for one, (rooms, teachers) in rows.items()
        }
        target_rows[anywhere] = TargetRow(free_only=True)
        return move_targets(self._around, key(SECTION, section_id), target_rows, leaving, self._shapes)

    def verdict(self, section_id: int, place: SectionPlace | None) -> MoveVerdict:
        """What putting the section at a place, or taking it out (None), would break and cost."""
        name, placement = key(SECTION, section_id), place.document if place else None
        now = self._around.placed.get(name)
        without = self._around.changed({name: None})
        if placement is not None and not self._known(placement):
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
            cost = solver.check(self._term, solver.Plan(self._around.placed)).cost
            _costs.put(self._key, self._stamp, cost)
        return dict(cost)

    def cost_after(self, change: Mapping[str, int], version: int) -> dict[str, int]:
        """What the plan costs once a move has changed it and given it this version; remembered for later."""
        cost = self.cost()
        for part, amount in change.items():
            cost[part] = cost.get(part, 0) + amount
        _costs.put(self._key, (self._term_stamp, self._created, version, sum(cost.values())), cost)
        return dict(cost)

    def _known(self, placement: solver.Placement) -> bool:
        return placement.room in self._term.room and placement.teacher in self._term.teacher


def _names(letter: str, ids: Iterable[int] | None) -> frozenset[str] | None:
    return None if ids is None else frozenset(key(letter, one) for one in ids)


def _ground(place: tuple[str, int], prepared_term: Prepared) -> tuple[PlanIndex, PatternCache]:
    """The term without any placement, and its hours as far as they were asked for: made once for all its plans.

    They outlive a change of pins, after which a document has the same calendar as before.
    """
    last = _grounds.latest(place)
    if last is not None and last[0] == prepared_term.stamp:
        return last[1]
    if last is not None and last[1][0].term.calendar is prepared_term.document.calendar:
        ground = last[1][0].under(prepared_term.document), last[1][1]
    else:
        ground = PlanIndex(prepared_term.document, {}), PatternCache()
    _grounds.put(place, prepared_term.stamp, ground)
    return ground


def _placed(plan_id: int, term: solver.Term) -> dict[str, solver.Placement]:
    """The placements of a plan whose section, room and teacher are still planned with."""
    return {
        name: one
        for name, one in current_placements(plan_id).items()
        if name in term.section and one.room in term.room and one.teacher in term.teacher
    }
