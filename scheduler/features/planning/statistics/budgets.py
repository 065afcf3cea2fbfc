"""What units spend on fees of teachers and rooms, each with all that lies below it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Fees:
    """Yuan for teachers and for rooms over a whole term, and the number of placed sections they pay."""

    teachers: int = 0
    rooms: int = 0
    sections: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.teachers + self.rooms

    def __add__(self, other: "Fees") -> "Fees":
        return Fees(self.teachers + other.teachers, self.rooms + other.rooms, self.sections + other.sections)


@dataclass(frozen=True)
class Spending:
    """A unit of the tree: its own fees, those of its subtree, and its limit in yuan (None: without limit)."""

    unit_id: int
    name: str
    depth: int
    own: Fees
    used: Fees
    limit: int | None

    @property
    def left(self) -> int | None:
        """What may still be spent; negative where the limit has been lowered since."""
        return None if self.limit is None else self.limit - self.used.total

    @property
    def share(self) -> float | None:
        """The used share of the limit, None where there is none to divide by."""
        return self.used.total / self.limit if self.limit else None


@dataclass(frozen=True)
class Node:
    """A unit by its path in the tree."""

    id: int
    name: str
    path: str


def spendings(nodes: Iterable[Node], fees: Mapping[int, Fees], limits: Mapping[int, int]) -> list[Spending]:
    """The units in the order of their paths, each with the fees of all units below it."""
    ordered = sorted(nodes, key=lambda node: node.path)
    used = {node.path: Fees() for node in ordered}
    for node in ordered:
        for path in _upwards(node.path):
            if path in used:
                used[path] += fees.get(node.id, Fees())
    top = min((node.path.count("/") for node in ordered), default=0)
    return [
        Spending(
            node.id,
            node.name,
            node.path.count("/") - top,
            fees.get(node.id, Fees()),
            used[node.path],
            limits.get(node.id),
        )
        for node in ordered
    ]


def _upwards(path: str) -> list[str]:
    """A path and those above it: "1/12/" and "1/"."""
    codes = path.strip("/").split("/")
    return ["/".join(codes[:depth]) + "/" for depth in range(1, len(codes) + 1)]
