"""From demand to sections: how many sections of one course to open, where each gathers, and whose people it takes.

A capacitated location model with least class sizes: see `model` for the rules, `objective` for what is weighed,
`covering` for how a county is covered piece by piece.
"""

from solver.location.covering import SearchEffort, propose
from solver.location.instance import HEAVIEST, Instance, LocationWeights, OpeningLimits, Place, WaitingCommunity
from solver.location.objective import Cost
from solver.location.proposal import LeftOut, Proposal, ProposedSection, Why

__all__ = [
    "HEAVIEST",
    "Cost",
    "Instance",
    "LeftOut",
    "LocationWeights",
    "OpeningLimits",
    "Place",
    "Proposal",
    "ProposedSection",
    "SearchEffort",
    "WaitingCommunity",
    "Why",
    "propose",
]
