"""All parts of the cost, in the order of reports. A new part is a new class and one line here."""

from typing import Any

from solver.costs.clash import Clash
from solver.costs.distance import LearnerDistance
from solver.costs.lost import Lost
from solver.costs.money import Money
from solver.costs.moved import MovedRoom, MovedTeacher, MovedTime
from solver.costs.overwork import Overwork
from solver.costs.teacher_distance import TeacherDistance
from solver.costs.time import Time
from solver.costs.uncovered import Uncovered
from solver.costs.unplaced import Unplaced
from solver.rule import CostPart, PairCost, RoomCost, SeriesCost

ROOM_COSTS: tuple[RoomCost, ...] = (Lost(), LearnerDistance(), MovedRoom())
PAIR_COSTS: tuple[PairCost, ...] = (TeacherDistance(), Money(), MovedTeacher())
SERIES_COSTS: tuple[SeriesCost, ...] = (Time(), MovedTime())
COUPLED_COSTS: tuple[CostPart[Any], ...] = (Unplaced(), Clash(), Overwork(), Uncovered())

COST: tuple[CostPart[Any], ...] = (*ROOM_COSTS, *PAIR_COSTS, *SERIES_COSTS, *COUPLED_COSTS)
