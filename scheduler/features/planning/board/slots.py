"""Where the section in hand may be put down, in words and signs: fits, costs, taken, closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from flask_babel import format_number, gettext as _

from scheduler.core.clock import clock
from scheduler.engine.analysis.boards import Board
from scheduler.engine.documents.keys import ROOM, TEACHER, key
from scheduler.engine.documents.places import SectionPlace
from scheduler.engine.words.board_words import load_names, obstacle_sentences, place_text, short_obstacle
from scheduler.engine.words.names import room_name, teacher_name
from scheduler.engine.words.sentences import cost_part
from scheduler.features.planning.board.queries import BoardRow
from scheduler.features.planning.board.warnings import warnings_of
from scheduler.models import Section
from scheduler.web.labels import weekday_name


@dataclass(frozen=True)
class BoardSlot:
    """An hour of a cell: ``state`` is here, fits, costs, taken or closed.

    ``hours`` is when the section would begin, or of several that are alike from when to when; ``word`` stands in the
    cell, ``detail`` is told when it is pointed at; ``place`` is what a form sends.
    """

    state: str
    hours: str
    word: str
    detail: str
    label: str
    place: str = ""
    culprits: frozenset[str] = frozenset()


ANYWHERE = 0
"""The number of the lane of all rooms and teachers; the rows shown have ids, which begin at 1."""
MAX_BEST = 4


class Slots:
    """The answers for all rows shown, and the best ones of all places there are."""

    def __init__(
        self, board: Board, section: Section, rows: Sequence[BoardRow], leaving: int | None, weights: Any
    ) -> None:
        choices = {row.id: _choice(row, section) for row in rows}
        target_rows = {number: choice for number, choice in choices.items() if choice is not None}
        tracks = board.move_targets(section.id, target_rows, leaving, ANYWHERE)
        self._now = board.place_of(section.id)
        self._cheapest = _cheapest(tracks.pop(ANYWHERE).slots, self._now)
        self.lanes: Mapping[int, Any] = tracks
        self._minutes = section.minutes
        self._weights = weights
        slots = [slot for lane in tracks.values() for slot in lane.slots]
        never = [violation for lane in self.lanes.values() for violation in lane.never]
        broken = [violation for slot in slots for violation in slot.violations]
        self._places = {id(slot): SectionPlace.from_document(slot.placement) for slot in slots if slot.placement}
        named = *self._places.values(), *(place for place, _cost in self._cheapest)
        self._loaded = load_names([*never, *broken], named), self.lanes

    @property
    def free(self) -> int:
        """How many hours fit, in all rows."""
        return sum(slot.placement is not None for lane in self.lanes.values() for slot in lane.slots)

    @property
    def best(self) -> list[BoardSlot]:
        """Where it would cost least, whichever rows are shown: at most MAX_BEST hours.

        At each hour it keeps its room and its teacher where it can.
        """
        return [self._best(place, cost) for place, cost in self._cheapest]

    def _best(self, place: SectionPlace, cost: Mapping[str, int]) -> BoardSlot:
        rise, text = sum(cost.values()), place_text(place, self._minutes)
        state = self._state(place, rise, cost)
        hours = _(", ").join(f"{weekday_name(day, 'abbreviated')} {clock(start)}" for day, start in place.meetings)
        word = self._with(f"{room_name(key(ROOM, place.room_id))} · {_signed(rise)}", place)
        label = f"{text}: {_free_words(state, rise)}"
        return BoardSlot(state, hours, word, f"{text} · {self._cost_text(cost)}", label, str(place))

    def offers(self, row: BoardRow, weekday: int) -> list[BoardSlot]:
        """The hours of a row on a day; those in the way for one reason, one after the other, are one."""
        slots = [slot for slot in self.lanes[row.id].slots if slot.meeting.weekday == weekday]
        return [self._offer(row, *run) for _cause, run in groupby(slots, key=_cause)]

    def _offer(self, row: BoardRow, slot: Any, *alike: Any) -> BoardSlot:
        weekday, start = slot.meeting
        hours, place = clock(start), self._places.get(id(slot))
        if place is None:
            hours = "–".join([hours, *(clock(last.meeting.start) for last in alike[-1:])])
            word = _("closed") if slot.state == "closed" else short_obstacle(slot.violations)
            detail = obstacle_sentences(slot.violations)
            label = self._label(weekday, hours, row, word)
            return BoardSlot(slot.state, hours, word, detail, label, culprits=_culprits(slot))
        rise = sum(slot.cost.values())
        state = self._state(place, rise, slot.cost)
        word = _("here now") if state == "here" else _signed(rise)
        label = self._label(weekday, hours, row, _free_words(state, rise))
        detail = place_text(place, self._minutes) + " · " + self._cost_text(slot.cost)
        return BoardSlot(state, hours, self._with(word, place), detail, label, str(place))

    def _state(self, place: SectionPlace, rise: int, cost: Mapping[str, int]) -> str:
        if place == self._now:
            return "here"
        return "costs" if rise > 0 or warnings_of(cost, self._weights) else "fits"

    def _with(self, word: str, place: SectionPlace) -> str:
        """The word with another teacher's name, where it would be another one."""
        if self._now is None or self._now.teacher_id == place.teacher_id:
            return word
        return f"{word} · {teacher_name(key(TEACHER, place.teacher_id))}"

    def _label(self, weekday: int, hours: str, row: BoardRow, words: str) -> str:
        return f"{weekday_name(weekday)} {hours}, {row.name}: {words}"

    def _cost_text(self, cost: Mapping[str, int]) -> str:
        if not cost:
            return _("The cost stays the same.")
        parts = _(", ").join(f"{cost_part(part)} {amount:+d}" for part, amount in cost.items())
        total = sum(cost.values())
        if total > 0:
            return _("The cost rises by %(points)s: %(parts)s.", points=format_number(total), parts=parts)
        return _("The cost falls by %(points)s: %(parts)s.", points=format_number(-total), parts=parts)


def _cheapest(slots: Sequence[Any], now: SectionPlace | None) -> list[tuple[SectionPlace, Mapping[str, int]]]:
    """The places other than today's that cost least, at most MAX_BEST, each with what it costs more."""
    priced = sorted(slots, key=lambda slot: sum(slot.cost.values()))
    places = ((SectionPlace.from_document(slot.placement), slot.cost) for slot in priced)
    return list(islice(((place, cost) for place, cost in places if place != now), MAX_BEST))


def _cause(slot: Any) -> tuple[object, ...]:
    """What slots have in common that are drawn as one: a state, what is in the way in a word, and who is to blame."""
    if slot.placement is not None:
        return (slot.meeting,)
    return slot.state, short_obstacle(slot.violations), _culprits(slot)


def _culprits(slot: Any) -> frozenset[str]:
    return frozenset(name for violation in slot.violations for name in violation.parameters)


def _free_words(state: str, rise: int) -> str:
    if state == "here":
        return _("here now")
    if state == "costs":
        return _("costs more, %(points)s", points=_signed(rise))
    return _("fits, %(points)s", points=_signed(rise))


def _signed(points: int) -> str:
    return f"{points:+d}" if points else "±0"


def _choice(row: BoardRow, section: Section) -> tuple[frozenset[int] | None, frozenset[int] | None] | None:
    """What a row leaves to choose; None where none of the section's learners live in the row's community."""
    if row.rooms is None and row.teachers is None and row.id not in {entry.community_id for entry in section.learners}:
        return None
    return row.rooms, row.teachers
