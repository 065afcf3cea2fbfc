"""How a process is asked to end."""

import signal
import time
from typing import Any, Final

POLL_SECONDS: Final = 0.2
"""Seconds that may pass before somebody who waits notices that he was asked to end."""


class Ending:
    """Whether somebody has asked this process to end.

    It is no `threading.Event`: a signal interrupts the thread that waits, perhaps while that holds the event's lock,
    and who sets the event then waits for himself for ever.
    """

    def __init__(self) -> None:
        self._asked = False

    def set(self) -> None:
        """Ask to end."""
        self._asked = True

    def is_set(self) -> bool:
        """Whether anybody has asked."""
        return self._asked

    def wait(self, seconds: float) -> bool:
        """Wait for so long, or until somebody asks, and say whether anybody has."""
        until = time.monotonic() + seconds
        while not self._asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, POLL_SECONDS))
        return self._asked


def ending_on(*signals: signal.Signals) -> Ending:
    """Asked to end by any of these signals, from now on."""
    ending = Ending()

    def end(_number: int, _frame: Any) -> None:
        ending.set()

    for number in signals:
        signal.signal(number, end)
    return ending
