"""The processes that the application starts, and how one is asked to end.

A stop is asked for by the same token everywhere, also inside the planner, whose own processes stand in its package.
"""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from typing import Any, Final

from solver import StopToken, end_with_parent

__all__ = ["ChildGroup", "Command", "StopToken", "stop_on"]

SHUTDOWN_TIMEOUT: Final = 10.0
"""Seconds that a command may need to end before it is killed."""
_PR_SET_PDEATHSIG: Final = 1


def stop_on(*signals: signal.Signals) -> StopToken:
    """Asked to end by any of these signals, from now on."""
    stop = StopToken()

    def request(_number: int, _frame: Any) -> None:
        stop.request()

    for number in signals:
        signal.signal(number, request)
    return stop


class Command:
    """A program in a session of its own, so that Ctrl-C reaches it only through us; on Linux it ends when we die."""

    def __init__(self, *words: str) -> None:
        # A process that starts commands has no threads, so that what runs between fork and exec is safe.
        self._running = subprocess.Popen(  # noqa: S603
            words,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509
        )
        self.pid = self._running.pid

    def status(self) -> int | None:
        """Its exit status, None as long as it runs."""
        return self._running.poll()

    def end(self) -> None:
        """Ask it to end, and kill it if it does not."""
        with suppress(ProcessLookupError):
            self._running.terminate()
        try:
            self._running.wait(SHUTDOWN_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()


def _end_with_parent() -> None:
    """In the new process: have the kernel send SIGTERM when the parent is gone, where the kernel can (Linux)."""
    with suppress(AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class ChildGroup:
    """A function of a module in a new process, with all processes that it starts: they end together, or with us."""

    def __init__(self, name: str, function: Callable[..., None], *arguments: object) -> None:
        self.process = get_context("spawn").Process(target=_lead, args=(function, *arguments), name=name)
        self.process.start()

    def kill(self) -> None:
        """End the process and all that it has started, and wait for it."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid or 0, signal.SIGKILL)
        self.process.kill()
        self.process.join()


def _lead(function: Callable[..., None], *arguments: object) -> None:
    """In the new process: become the head of a group of its own, which Ctrl-C does not reach."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent(whole_group=True)
    function(*arguments)
