"""The parts of register entries that a scenario can change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scheduler.audit.states.codec import State, StateCodec
from scheduler.audit.states.registers import PINS, ROOMS, SECTIONS, TEACHERS, TERMS
from scheduler.core.extensions import db
from scheduler.models import Unit

Entry = Any
"""A row of one of the tables below."""


@dataclass(frozen=True)
class ScenarioRegister:
    """The parts of one register; ``unit`` is the one whose coordinator may write an entry, ``name`` its own."""

    codec: StateCodec
    parts: tuple[str, ...]
    unit: Callable[[Entry], Unit]
    name: Callable[[Entry], str]

    def find(self, entry_id: int) -> Entry | None:
        """The entry with this id."""
        return db.session.get(self.codec.table, entry_id)

    def read(self, entry: Entry) -> State:
        """How an entry stands in these parts."""
        return self.codec.read(entry, self.parts)


REGISTERS: dict[str, ScenarioRegister] = {
    "room": ScenarioRegister(
        ROOMS, ("hours", "closed"), lambda room: room.venue.unit, lambda room: f"{room.venue.name} {room.name}"
    ),
    "teacher": ScenarioRegister(
        TEACHERS, ("hours", "absent", "subjects", "archived", "max_week", "max_day", "reach_metres"),
        lambda teacher: teacher.unit, lambda teacher: teacher.name,
    ),
    "section": ScenarioRegister(
        SECTIONS, ("reach_metres", "latest_week", "venues", "teachers", *PINS), lambda section: section.term.unit,
        lambda section: section.name,
    ),
    "term": ScenarioRegister(TERMS, ("budgets", "weights"), lambda term: term.unit, lambda term: term.name),
}
