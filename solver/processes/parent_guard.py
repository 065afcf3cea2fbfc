"""A process that does not outlive the one which started it."""

import os
import signal
import threading
from multiprocessing import parent_process
from multiprocessing.connection import wait


def end_with_parent(whole_group: bool = False) -> None:
    """From now on, end this process as soon as the one that started it has ended, however that one ends.

    With ``whole_group`` all processes of its group end with it. Must be called in a process of `multiprocessing`.
    """
    parent = parent_process()
    if parent is None:
        raise RuntimeError("this process was not started by multiprocessing")
    threading.Thread(target=_follow, args=(parent.sentinel, whole_group), daemon=True).start()


def _follow(sentinel: int, whole_group: bool) -> None:
    """Wait for the end of a pipe whose other end only the parent holds, and siblings that end before this process.

    A forked sibling that is younger inherits that other end, so that after the parent's death the youngest
    ends first and each lets the next older one notice.
    """
    wait([sentinel])
    if whole_group:
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)
