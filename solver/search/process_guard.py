"""A worker that does not outlive the process which started it."""

import os
import threading
import time

POLL_SECONDS = 0.1


def end_with_parent() -> None:
    """End this process soon after the one that started it, however that one ends."""
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(POLL_SECONDS)
    os._exit(1)
