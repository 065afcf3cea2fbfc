"""The variables of a model and the questions that rules and costs ask about them.

A model has one literal for each option of each of its sections. The sections around them stay where they are: they are
*fixed*, and every option is expected to fit beside them by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

from solver.model.conflicts import ConflictDay, ConflictWeek, Option, days_of, uses_of, weeks_of
from solver.model.expression import Expression
from solver.model.placed_sections import PlacedSections
from solver.problem.reach import reached_communities
from solver.problem.series import Series
from solver.problem.term import Room, Section, Teacher, Term, Unit, fees_of

Key = TypeVar("Key")


class AssignmentModel:
    """The options of some sections over a model of CP-SAT, beside the fixed sections of a plan in the making."""

    def __init__(self, term: Term, sections: Sequence[Section], fixed: PlacedSections[Any]) -> None:
        self.term = term
        self.cp_model = CpModel()
        self.sections = sections
        self.fixed = fixed
        self.options: list[Option] = []

    def add(self, section: Section, series: Series, room: Room, teacher: Teacher) -> Option:
        """A new option of one of the sections."""
        venue = self.term.venue[room.venue]
        option = Option(section, series, room, teacher, venue, self.cp_model.new_bool_var(""))
        self.options.append(option)
        return option

    # constraints

    def place_once(self) -> None:
        """Let every section take at most one of its options."""
        for options in self.by_section.values():
            self.cp_model.add_at_most_one(option.literal for option in options)

    def require(self, section: Section) -> None:
        """Make a section take one of its options; where it has none, the model has no solution."""
        self.cp_model.add_at_least_one(option.literal for option in self.by_section.get(section.id, ()))

    def at_most_one(self, options: Iterable[Option]) -> None:
        """Let at most one of some options be taken."""
        self.cp_model.add_at_most_one(option.literal for option in options)

    def at_most(self, weighted: Iterable[tuple[Option, int]], limit: int) -> None:
        """Keep the weighted number of options that are taken within a limit."""
        literals, weights = _flat(weighted)
        if limit < 0:
            # the fixed sections alone use too much: an empty clause, which nothing fulfils
            self.cp_model.add_bool_or([])
        elif sum(weights) > limit:
            self.cp_model.add(LinearExpr.weighted_sum(literals, weights) <= limit)

    # expressions

    def total(self, weighted: Iterable[tuple[Option, int]]) -> Expression:
        """The weighted number of options that are taken."""
        return LinearExpr.weighted_sum(*_flat(weighted))

    def excess(self, weighted: Iterable[tuple[Option, int]], limit: int) -> Expression:
        """By how much the weighted number of options taken exceeds a limit, beyond what it exceeds without any."""
        literals, weights = _flat(weighted)
        # nothing is left below the limit: every piece taken is one too many, and no variable is needed
        if limit <= 0:
            return LinearExpr.weighted_sum(literals, weights)
        if sum(weights) <= limit:
            return 0
        excess = self.cp_model.new_int_var(0, sum(weights) - limit, "")
        self.cp_model.add(excess >= LinearExpr.weighted_sum(literals, weights) - limit)
        return excess

    def none_of(self, options: Sequence[Option]) -> Expression:
        """One where none of some options is taken, else zero."""
        if not options:
            return 1
        none = self.cp_model.new_bool_var("")
        self.cp_model.add_bool_or([none, *(option.literal for option in options)])
        return none

    def two_of(self, groups: Iterable[Sequence[Option]]) -> Expression:
        """One where two options of some group are taken, else zero; no group ever has three taken."""
        literals_of_groups = [[option.literal for option in group] for group in groups]
        if not literals_of_groups:
            return 0
        two = self.cp_model.new_bool_var("")
        for literals in literals_of_groups:
            self.cp_model.add(LinearExpr.sum(literals) <= 1 + two)
        return two

    # questions

    @cached_property
    def by_section(self) -> dict[str, list[Option]]:
        """The options of each section that has any."""
        return _grouped((option.section.id, option) for option in self.options)

    def room_days(self) -> Iterator[tuple[Room, list[ConflictDay]]]:
        """For each room the different days of its possible uses."""
        for name, options in _grouped((option.room.id, option) for option in self.options).items():
            yield self.term.room[name], days_of(uses_of(options))

    def teacher_days(self) -> Iterator[tuple[Teacher, list[ConflictDay]]]:
        """For each teacher the different days of their possible sessions."""
        for name, options in self._by_teacher.items():
            yield self.term.teacher[name], days_of(uses_of(options))

    def teacher_weeks(self) -> Iterator[tuple[Teacher, list[ConflictWeek]]]:
        """For each teacher the different weeks of their possible sessions."""
        for name, options in self._by_teacher.items():
            yield self.term.teacher[name], weeks_of(uses_of(options))

    def paying_units(self) -> Iterator[Unit]:
        """The units that pay for any section in the model."""
        for name in dict.fromkeys(name for payers in self._payers.values() for name in payers):
            yield self.term.unit[name]

    def fees(self, unit: Unit) -> Iterator[tuple[Option, int]]:
        """What a unit pays for each option, in yuan."""
        for option in self.options:
            if unit.id in self._payers[option.section.id]:
                yield option, fees_of(option.section, option.room, option.teacher)

    def unserved(self) -> Iterator[tuple[str, list[Option]]]:
        """Each community of the sections that no fixed section serves, with the options that would."""
        serving: dict[str, list[Option]] = {
            name: [] for section in self.sections for name in section.learners if not self.fixed.serves(name)
        }
        for options in _grouped(((option.section.id, option.venue.id), option) for option in self.options).values():
            section, venue = options[0].section, options[0].venue
            for name in reached_communities(self.term, section, venue):
                if name in serving:
                    serving[name] += options
        yield from serving.items()

    def clashes_with_fixed(self) -> Iterator[tuple[Option, int]]:
        """The options that overlap a fixed section, with the people who want both."""
        for section in self.sections:
            for other, people in self.term.shared_with.get(section.id, ()):
                series = self.fixed.series_of(other)
                for option in self.by_section.get(section.id, ()) if series else ():
                    if series and option.series.overlaps(series):
                        yield option, people

    def clashing_pairs(self) -> Iterator[tuple[int, list[list[Option]]]]:
        """The people of each shared pair, and groups of options of which two mean that the pair overlaps."""
        for section in self.sections:
            for other, people in self.term.shared_with.get(section.id, ()):
                if section.id < other.id:
                    yield people, self._overlapping(section, other)

    def _overlapping(self, first: Section, second: Section) -> list[list[Option]]:
        """For each series of the first section its options and those of the second that overlap it."""
        groups = []
        others = uses_of(self.by_section.get(second.id, []))
        for use in uses_of(self.by_section.get(first.id, [])):
            overlapping = [option for other in others if other.series.overlaps(use.series) for option in other.options]
            if overlapping:
                groups.append([*use.options, *overlapping])
        return groups

    @cached_property
    def _by_teacher(self) -> dict[str, list[Option]]:
        return _grouped((option.teacher.id, option) for option in self.options)

    @cached_property
    def _payers(self) -> dict[str, tuple[str, ...]]:
        return {section.id: self.term.payers(section) for section in self.sections}


def _grouped(keyed: Iterable[tuple[Key, Option]]) -> dict[Key, list[Option]]:
    groups: defaultdict[Key, list[Option]] = defaultdict(list)
    for key, option in keyed:
        groups[key].append(option)
    return groups


def _flat(weighted: Iterable[tuple[Option, int]]) -> tuple[list[IntVar], list[int]]:
    """Literals and weights side by side, those without weight left out."""
    pairs = [(option.literal, weight) for option, weight in weighted if weight]
    return [literal for literal, _ in pairs], [weight for _, weight in pairs]
