"""From demand to sections: how many sections of one course to open, where each gathers, and whose people it takes.

A capacitated location model with least class sizes: see `model` for the rules, `objective` for what is weighed,
`covering` for how a county is covered piece by piece.
"""

from solver.location.covering import LocationEffort, propose_sections
from solver.location.instance import (
    HEAVIEST,
    GatheringPlace,
    LocationProblem,
    LocationWeights,
    OpeningLimits,
    WaitingCommunity,
)
from solver.location.objective import LocationCost
from solver.location.proposal import LeftOut, LocationProposal, ProposedSection, Why

__all__ = [
    "HEAVIEST",
    "GatheringPlace",
    "LeftOut",
    "LocationCost",
    "LocationEffort",
    "LocationProblem",
    "LocationProposal",
    "LocationWeights",
    "OpeningLimits",
    "ProposedSection",
    "WaitingCommunity",
    "Why",
    "propose_sections",
]
