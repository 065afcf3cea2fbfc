"""The application as `make run` serves it: the server and its worker as real processes."""

import http.client
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scheduler.core.config import ROOT

WAITS = 300  # of a tenth of a second, for what another process does


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(port: int, database_url: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The `serve` command on a port and a database, and what it says, until the block ends."""
    environment = os.environ | {
        "PORT": str(port), "DATABASE_URL": database_url, "INSTANCE_FOLDER": str(folder), "SECRET_KEY": "tests",
    }
    command = [sys.executable, "-m", "flask", "--app", "scheduler.app", "serve"]
    with subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as serving:
        try:
            yield serving
        finally:
            serving.terminate()


def wait_until(condition: Callable[[], bool]) -> None:
    """Ask again and again, for half a minute at most."""
    pause = threading.Event()
    for _attempt in range(WAITS):
        if condition():
            return
        pause.wait(0.1)
    raise AssertionError("it never came true")


def answers(port: int) -> bool:
    """Whether the server shows its first page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except ConnectionError:
        return False
    finally:
        connection.close()
