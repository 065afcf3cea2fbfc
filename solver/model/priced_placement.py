"""What may be chosen for a section; without OR-Tools, which takes seconds to load."""

from typing import NamedTuple

from solver.problem.series import Series
from solver.problem.term import Room, Section, Teacher


class PricedPlacement(NamedTuple):
    """One way to place a section that keeps the rules of single sections, and what it costs by itself, weighted."""

    section: Section
    series: Series
    room: Room
    teacher: Teacher
    cost: int
