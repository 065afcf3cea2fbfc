"""Settings of gunicorn for the server that `serve` starts, and what makes a process fit for answering quickly."""

import gc
from typing import Final

workers = 1
graceful_timeout = 5
loglevel = "warning"

YOUNGEST_THRESHOLD: Final = 10_000
"""New objects between two looks at the youngest ones. A page of a city makes a hundred thousand and leaves none."""


def settle() -> None:
    """Never look again through what was loaded by now.

    Hundreds of thousands of objects of libraries and mappings live as long as the process. Without this each full
    collection goes through all of them, which takes longer than most pages.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNGEST_THRESHOLD, *gc.get_threshold()[1:])


def post_worker_init(_worker: object) -> None:
    """Called by gunicorn when a process has loaded the application."""
    settle()
