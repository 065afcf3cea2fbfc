"""How work is asked to end, in this process, on its other threads and in its children."""

import time
from ctypes import c_bool
from multiprocessing.sharedctypes import RawValue
from typing import Final

POLL_SECONDS: Final = 0.2
"""Seconds that may pass before somebody who waits notices that a stop was asked for."""


class StopToken:
    """Whether somebody has asked to end: asked once, looked at often. A child process may be given it when it starts.

    It is one byte of memory that processes share, neither `threading.Event` nor `multiprocessing.Event`: those hold
    a lock for a moment. A signal that interrupts the thread which holds it waits for itself for ever, and
    so does everybody else when a process is killed at that moment.
    """

    def __init__(self) -> None:
        self._flag = RawValue(c_bool, False)

    def request(self) -> None:
        """Ask to end."""
        self._flag.value = True

    def requested(self) -> bool:
        """Whether anybody has asked."""
        return bool(self._flag.value)

    def wait(self, seconds: float) -> bool:
        """Wait for so long, or until somebody asks, and say whether anybody has."""
        until = time.monotonic() + seconds
        while not self.requested() and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, POLL_SECONDS))
        return self.requested()
