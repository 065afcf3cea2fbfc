"""Who is sent where, and the part of it that a model may change."""

from collections.abc import Mapping
from dataclasses import dataclass

from solver.location.instance import OpeningLimits
from solver.location.objective import Flows


@dataclass(frozen=True)
class ModelWindow:
    """What may change: ``people`` to be sent and how many already are elsewhere, ``most`` sections by free place."""

    people: Mapping[str, int]
    elsewhere: Mapping[str, int]
    most: Mapping[str, int]
    limits: OpeningLimits


@dataclass(frozen=True)
class Sent:
    """People by community and place, sections by place, and whether nothing is cheaper within the window."""

    flows: Flows
    counts: dict[str, int]
    proven: bool
