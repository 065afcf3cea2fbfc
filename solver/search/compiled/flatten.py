"""From candidates to tables."""

from typing import Any

import numpy as np

from solver.model.cost_model import clash_cost, empty_plan_cost, overwork_cost, uncovered_cost
from solver.search.candidates import Candidates, Pair, SectionCandidates
from solver.search.compiled import layout
from solver.search.compiled.hours import HourTables
from solver.search.compiled.registers import Lists, Register, Sets, records, words_of
from solver.search.compiled.tables import SINGLE_NUMBERS, Tables


def tables_of(candidates: Candidates) -> Tables:
    """The candidates of a term as flat arrays."""
    return _Flattening(candidates).tables()


class _Flattening:
    def __init__(self, candidates: Candidates) -> None:
        term = candidates.term
        self.candidates = candidates
        self.sets, self.lists = Sets(), Lists()
        self.hours = HourTables(term.calendar.weeks, self.sets, self.lists)
        self.room_slots, self.teacher_slots, self.visit_slots = Register(), Register(), Register()
        self.memos = self.words = self.extras = 0
        self.pairs: list[tuple[int, ...]] = []
        self.levels: list[tuple[int, int]] = []
        self.partners: list[tuple[int, int]] = []
        self.hour_costs: list[int] = []
        self.hour_cost_places: dict[int, int] = {}
        self.communities = {place.id: number for number, place in enumerate(term.communities)}
        self.budgets = {unit.id: unit.budget for unit in term.units if unit.budget is not None}
        self.budget_number = {name: number for number, name in enumerate(self.budgets)}

    def tables(self) -> Tables:
        sections = [self._section(section) for section in self.candidates.sections]
        hours = self.hours.arrays()
        return Tables(
            sections=records(layout.SECTION, sections),
            pairs=records(layout.PAIR, self.pairs),
            levels=records(layout.LEVEL, self.levels),
            partners=records(layout.PARTNER, self.partners),
            **hours,
            **self._things(),
            room_slots=records(layout.ROOM_SLOT, self.room_slots.rows),
            teacher_slots=records(layout.TEACHER_SLOT, self.teacher_slots.rows),
            visit_slots=records(layout.VISIT_SLOT, self.visit_slots.rows),
            lists=self.lists.array(),
            amounts=np.array([*self._single_numbers(), *self.hour_costs, *self.budgets.values()], np.int64),
            sets=self.sets.array(),
        )

    def _section(self, section: SectionCandidates) -> tuple[int, ...]:
        candidates, about, lists = self.candidates, section.section, self.lists
        patterns, words = self.hours.patterns(section.patterns), words_of(len(section.patterns.series))
        first_pair, first_level, first_partner = len(self.pairs), len(self.levels), len(self.partners)
        self._pairs(section, patterns)
        self.levels += [(cost, self.sets.put(bits, words)) for cost, bits in section.levels]
        self.partners += candidates.partners[section.index]
        return (
            *(patterns, first_pair, len(self.pairs) - first_pair, self._hour_costs(section.series_cost)),
            *(first_level, len(section.levels), section.unplaced_cost, bool(about.pinned)),
            *lists.put(self.budget_number[unit] for unit in section.payers if unit in self.budgets),
            *(first_partner, len(self.partners) - first_partner),
            *lists.put(self.communities[name] for name in about.learners),
            *lists.put(candidates.paid_by[about.unit]),
            *lists.put(candidates.of_subject[about.subject]),
            *_middle([candidates.term.community[name] for name in about.learners]),
        )

    def _pairs(self, section: SectionCandidates, patterns: int) -> None:
        reached = {
            venue: self.lists.put(self.communities[name] for name in names) for venue, names in section.reached.items()
        }
        for pair in section.pairs:
            slots = self._room_slot(section, patterns, pair), self._visit_slot(section, patterns, pair)
            self.pairs.append((pair.room, pair.teacher, pair.cost, pair.fees, *slots, *reached[pair.venue]))

    def _room_slot(self, section: SectionCandidates, patterns: int, pair: Pair) -> int:
        legal, words = section.room_legal[pair.room], words_of(len(section.patterns.series))

        def row() -> tuple[int, ...]:
            return pair.room, patterns, self.sets.put(legal, words), self._memo(), self._room_for(words)

        return self.room_slots.number((pair.room, patterns, legal), row)

    def _teacher_slot(self, section: SectionCandidates, patterns: int, pair: Pair) -> int:
        legal, words = section.teacher_legal_in(pair), words_of(len(section.patterns.series))

        def row() -> tuple[int, ...]:
            loads = len(section.patterns.loads)
            self.extras += loads
            place = self.sets.put(legal, words), self._memo()
            return pair.teacher, patterns, *place, self.extras - loads, self._room_for(loads * words)

        return self.teacher_slots.number((pair.teacher, patterns, legal), row)

    def _visit_slot(self, section: SectionCandidates, patterns: int, pair: Pair) -> int:
        slot, words = self._teacher_slot(section, patterns, pair), words_of(len(section.patterns.series))
        return self.visit_slots.number(
            (slot, pair.venue), lambda: (slot, pair.venue, self._memo(), self._room_for(words))
        )

    def _memo(self) -> int:
        self.memos += 1
        return self.memos - 1

    def _room_for(self, words: int) -> int:
        self.words += words
        return self.words - words

    def _hour_costs(self, costs: list[int]) -> int:
        # sections share lists of costs, and candidates keep these alive, so that an identity stands for one list
        if id(costs) not in self.hour_cost_places:
            self.hour_cost_places[id(costs)] = SINGLE_NUMBERS + len(self.hour_costs)
            self.hour_costs += costs
        return self.hour_cost_places[id(costs)]

    def _things(self) -> dict[str, Any]:
        """The tables of rooms, teachers and venues."""
        candidates, term = self.candidates, self.candidates.term
        rooms = zip(candidates.turnaround, (candidates.venue_number[room.venue] for room in term.rooms), strict=True)
        teachers = [(teacher.max_day, teacher.max_week, teacher.wanted_week) for teacher in term.teachers]
        venues = [
            (venue.x, venue.y, *self.lists.put(candidates.rooms_of.get(number, ())))
            for number, venue in enumerate(term.venues)
        ]
        return {
            "rooms": records(layout.ROOM, list(rooms)),
            "teachers": records(layout.TEACHER, teachers),
            "venues": records(layout.VENUE, venues),
        }

    def _single_numbers(self) -> list[int]:
        """The single numbers, in the order of ``tables``."""
        term = self.candidates.term
        travel, weeks = term.travel, term.calendar.weeks
        return [
            *(clash_cost(term, people=1), uncovered_cost(term, communities=1), overwork_cost(term, sessions=1)),
            *(empty_plan_cost(term), travel.metres_per_minute, travel.overhead_minutes),
            *(term.time_step, weeks, words_of(7 * weeks), len(term.communities)),
            SINGLE_NUMBERS + len(self.hour_costs),
        ]


def _middle(homes: list[Any]) -> tuple[int, int]:
    """Where learners live on average, in metres."""
    count = max(1, len(homes))
    return sum(home.x for home in homes) // count, sum(home.y for home in homes) // count
