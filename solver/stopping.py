"""When to end: a deadline and a stop asked for from outside, asked often and answered cheaply."""

from collections.abc import Callable
from time import monotonic

POLL_SECONDS = 0.1


def never() -> bool:
    """A stop that nobody asks for."""
    return False


class StoppingCriterion:
    """Reached at a deadline, or when a stop is asked for; ``stop`` itself is asked at most every ``poll_seconds``."""

    def __init__(
        self, seconds: float | None, stop: Callable[[], bool] = never, poll_seconds: float = POLL_SECONDS
    ) -> None:
        self.began = monotonic()
        self.seconds = seconds
        self.stopped = False
        self._stop = stop
        self._poll_seconds = poll_seconds
        self._next_poll = self.began

    def without_deadline(self) -> "StoppingCriterion":
        """One that is reached only when a stop is asked for."""
        return StoppingCriterion(None, self._stop)

    def at_most(self, seconds: float | None) -> "StoppingCriterion":
        """One that is reached after so many seconds from now, or together with this one."""
        return StoppingCriterion(seconds, self.reached)

    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return monotonic() - self.began

    def left(self) -> float | None:
        """Seconds to the deadline; None where there is none."""
        return None if self.seconds is None else self.seconds - self.elapsed()

    def reached(self) -> bool:
        """Whether to end now."""
        now = monotonic()
        if not self.stopped and now >= self._next_poll:
            self.stopped = self._stop()
            self._next_poll = now + self._poll_seconds
        return self.stopped or (self.seconds is not None and now - self.began >= self.seconds)
