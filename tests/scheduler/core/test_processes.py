"""A process that is asked to end by a signal ends, whatever it was doing at that moment."""

import subprocess
import sys

# What waits looks again and again, so that signals arrive in the middle of a look as well.
WAITS = """
import os, signal, threading
from scheduler.core.processes import stop_on

stop = stop_on(signal.SIGUSR1)

def ask():
    for _time in range(20_000):
        os.kill(os.getpid(), signal.SIGUSR1)

asking = threading.Thread(target=ask)
asking.start()
while asking.is_alive():
    stop.wait(0.000_001)
print("asked" if stop.requested() and stop.wait(1000) else "never asked")
"""


def test_a_signal_in_the_middle_of_a_look_is_no_deadlock() -> None:
    done = subprocess.run([sys.executable, "-c", WAITS], capture_output=True, text=True, timeout=300, check=True)  # noqa: S603
    assert done.stdout == "asked\n"
