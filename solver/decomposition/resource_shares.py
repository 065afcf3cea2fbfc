"""Who may use what in one phase: rooms, teachers and money are shared out among the parts of a cut.

Parts that are solved at once never use the same room or teacher, and together never spend more than there is, so that
their answers cannot get in each other's way.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from solver.analysis.plan_index import PlanIndex
from solver.decomposition.blocks import Block
from solver.decomposition.subproblem import Part
from solver.problem.term import Section, Term

Thing = TypeVar("Thing")

Cut = Sequence[Sequence[int]]
"""Parts as the numbers of their blocks."""


class ResourceShares:
    """Rooms and teachers by the block that has the first claim to them while nobody uses them."""

    def __init__(self, term: Term, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        from solver.decomposition.reach import Reach  # noqa: PLC0415 - numpy loads for a fraction of a second

        self._reach = Reach(term, blocks)
        self._block_of_room = self._reach.block_of_room()
        self._block_of_teacher = self._reach.block_of_teacher()

    def sections(self, part: Iterable[int]) -> list[Section]:
        """The sections of some blocks."""
        return [section for number in part for section in self._blocks[number].sections]

    def all_in_reach(self, plan_index: PlanIndex, sections: Sequence[Section]) -> Part:
        """Some sections with everything that they could have at all; only one such part may be changed at a time."""
        rooms, teachers = self._reach.in_reach(sections)
        return Part(sections, rooms, teachers, _allowances(plan_index, [sections])[0])

    def share_out(self, plan_index: PlanIndex, cut: Cut) -> list[Part]:
        """The parts of a cut. A section whose room and teacher went to another part stays where it is."""
        term = plan_index.term
        of_block: dict[int, int] = {}
        of_section: dict[str, int] = {}
        for part, numbers in enumerate(cut):
            for number in numbers:
                of_block[number] = part
                of_section.update((section.id, part) for section in self._blocks[number].sections)
        room_owner = {
            name: _owner(plan_index.in_room.get(name, ()), of_section, of_block[block])
            for name, block in self._block_of_room.items()
        }
        teacher_owner = {
            name: _owner(plan_index.with_teacher.get(name, ()), of_section, of_block[block])
            for name, block in self._block_of_teacher.items()
        }
        free: list[list[Section]] = [[] for _ in cut]
        for section in term.sections:
            part, placement = of_section[section.id], plan_index.placed.get(section.id)
            if placement is None or room_owner[placement.room] == teacher_owner[placement.teacher] == part:
                free[part].append(section)
        rooms = _grouped(((room_owner[room.id], room) for room in term.rooms), len(cut))
        teachers = _grouped(((teacher_owner[teacher.id], teacher) for teacher in term.teachers), len(cut))
        money = _allowances(plan_index, free)
        return [Part(*share) for share in zip(free, rooms, teachers, money, strict=True) if share[0]]


def _owner(users: Iterable[str], part_of: Mapping[str, int], otherwise: int) -> int:
    """The part with most of the sections that use something."""
    using = Counter(part_of[name] for name in users)
    return max(using, key=lambda part: using[part]) if using else otherwise


def _grouped(owned: Iterable[tuple[int, Thing]], parts: int) -> list[list[Thing]]:
    groups: list[list[Thing]] = [[] for _ in range(parts)]
    for owner, thing in owned:
        groups[owner].append(thing)
    return groups


def _allowances(plan_index: PlanIndex, free: Sequence[Sequence[Section]]) -> list[dict[str, int]]:
    """For each part what its free sections spend now, and of what is left their share by the sessions they have."""
    spending, sessions = [], []
    for sections in free:
        spent: Counter[str] = Counter()
        session_count: Counter[str] = Counter()
        for section in sections:
            fees = plan_index.fees(section.id) if section.id in plan_index.placed else 0
            for unit in plan_index.term.payers(section):
                spent[unit] += fees
                session_count[unit] += section.sessions
        spending.append(spent)
        sessions.append(session_count)
    everybody = sum(sessions, Counter())
    budgets = {unit.id: unit.budget for unit in plan_index.term.units if unit.budget is not None}
    return [
        {
            # what a part spends now stays its own, so that it can always keep the plan that it has; shares of what is
            # left are rounded down, so that together they are never more than that
            unit: spent[unit] + (budgets[unit] - plan_index.spent[unit]) * session_count[unit] // everybody[unit]
            for unit in session_count
            if unit in budgets
        }
        for spent, session_count in zip(spending, sessions, strict=True)
    ]
