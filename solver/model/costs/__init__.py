"""All parts of the cost, in the order of reports. A new part is a new class and one line here."""

from typing import Any

from solver.model.base import CostPart, PairCost, RoomCost, SeriesCost
from solver.model.costs.clash import Clash
from solver.model.costs.distance import LearnerDistance
from solver.model.costs.lost import Lost
from solver.model.costs.money import Money
from solver.model.costs.moved import MovedRoom, MovedTeacher, MovedTime
from solver.model.costs.overwork import Overwork
from solver.model.costs.teacher_distance import TeacherDistance
from solver.model.costs.time import Time
from solver.model.costs.uncovered import Uncovered
from solver.model.costs.unplaced import Unplaced

ROOM_COSTS: tuple[RoomCost, ...] = (Lost(), LearnerDistance(), MovedRoom())
PAIR_COSTS: tuple[PairCost, ...] = (TeacherDistance(), Money(), MovedTeacher())
SERIES_COSTS: tuple[SeriesCost, ...] = (Time(), MovedTime())
COUPLED_COSTS: tuple[CostPart[Any], ...] = (Unplaced(), Clash(), Overwork(), Uncovered())

COST: tuple[CostPart[Any], ...] = (*ROOM_COSTS, *PAIR_COSTS, *SERIES_COSTS, *COUPLED_COSTS)
