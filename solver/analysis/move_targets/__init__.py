"""Where on the board of a plan a section may be put down: what fits at which cost, what is in the way, what is closed.

A board has a row for each room, venue, teacher or community. A row says which rooms and teachers it leaves to choose
from; every weekly hour at which the section may meet at all is a slot of the row.
"""

from solver.analysis.move_targets.obstacles import Obstacles
from solver.analysis.move_targets.prices import PlacementPrices, cost_rise
from solver.analysis.move_targets.targets import CLOSED, FREE, TAKEN, TargetRow, TargetSlot, Track, move_targets
from solver.model.pattern_cache import PatternCache

__all__ = [
    "CLOSED",
    "FREE",
    "TAKEN",
    "Obstacles",
    "PatternCache",
    "PlacementPrices",
    "TargetRow",
    "TargetSlot",
    "Track",
    "cost_rise",
    "move_targets",
]
