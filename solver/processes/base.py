"""What every pool of workers can do, wherever its workers are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

Order = TypeVar("Order")
Answer = TypeVar("Answer")
Order_contra = TypeVar("Order_contra", contravariant=True)

Work = Callable[[Order, Callable[[], bool]], Answer]
"""Carries out an order; its second argument answers, whenever it is asked, whether to end with what there is."""


class ClusterError(Exception):
    """The cluster cannot be used: nobody answers at its address, or what it takes to speak to it is not installed."""


@dataclass(frozen=True)
class Finished(Generic[Answer]):
    """An order that no worker is busy with any more, by the number that ``submit`` gave it."""

    number: int
    answer: Answer | None
    """None where the worker was lost: killed, or out of reach. The order can be submitted again."""


class Pool(Protocol[Order_contra, Answer]):
    """Carries out orders, several at once. A lost worker takes nothing with it but the order it was busy with."""

    def idle(self) -> int:
        """How many more orders are worth submitting now."""

    def submit(self, order: Order_contra) -> int:
        """Hand an order to an idle worker; the number under which it will be finished."""

    def finished(self, timeout: float) -> list[Finished[Answer]]:
        """What is finished and has not been told yet; waits for at most so many seconds until something is.

        An error that the work itself raised is raised here.
        """

    def request_stop(self) -> None:
        """Ask all workers to answer with what they have."""

    def close(self) -> None:
        """End all workers and wait until they have ended; what they are busy with is given up."""
