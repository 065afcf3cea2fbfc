"""Serves the application: the web server and the planning worker as two processes that start and end together."""

import ctypes
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from typing import Final

import click
from flask.cli import with_appcontext

from scheduler.core.extensions import db
from scheduler.core.shutdown import Ending, ending_on
from scheduler.migrations.state import refuse_other_tables
from scheduler.web.assets import AssetsError, manifest

PYTHON: Final = (sys.executable, "-m")
THREADS: Final = 16
SERVER_OPTIONS: Final = ("--config=python:scheduler.server.gunicorn_config",)
POLL_SECONDS: Final = 0.5
"""Seconds between two looks at the processes."""
SHUTDOWN_TIMEOUT: Final = 10.0
"""Seconds that a process may need to end before it is killed."""
MAX_RESTART_PAUSE: Final = 60.0
"""Seconds before a worker that keeps dying is started again; also how long one must live to count as well."""
_PR_SET_PDEATHSIG: Final = 1


class Process:
    """A process of its own session, so that Ctrl-C reaches it only through us; on Linux it ends when we die."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.command = command
        self.failures = 0
        self._start()

    def died(self) -> bool:
        """Whether it has ended although nobody asked it to."""
        return self._running.poll() is not None

    def pause(self) -> float:
        """Seconds to wait before it may start again: twice as long after each early death."""
        lived = time.monotonic() - self.started
        self.failures = 0 if lived > MAX_RESTART_PAUSE else self.failures + 1
        return min(MAX_RESTART_PAUSE, 2.0**self.failures - 1)

    def restart(self) -> None:
        """Start it again after it died."""
        click.echo(f"The {self.name} ended with status {self._running.returncode} and is started again.", err=True)
        self._start()

    def end(self) -> None:
        """Ask it to end, and kill it if it does not."""
        with suppress(ProcessLookupError):
            self._running.terminate()
        try:
            self._running.wait(SHUTDOWN_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()

    def _start(self) -> None:
        self.started = time.monotonic()
        # This process has no threads, so that what runs between fork and exec is safe.
        self._running = subprocess.Popen(  # noqa: S603
            self.command,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509
        )
        click.echo(f"The {self.name} runs as process {self._running.pid}.")


def serve(host: str, port: int) -> int:
    """Serve until SIGINT or SIGTERM; returns the exit status, 1 when the server could not go on."""
    ending = ending_on(signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # the last is sent by a closed terminal
    options = (f"--bind={host}:{port}", "--worker-class=gthread", f"--threads={THREADS}", *SERVER_OPTIONS)
    server = Process("server", [*PYTHON, "gunicorn", *options, "scheduler.app:create_app()"])
    worker = Process("worker", [*PYTHON, "flask", "--app", "scheduler.app", "work"])
    click.echo(f"Open http://{host}:{port} in a browser; Ctrl-C ends the server.")
    try:
        _watch(server, worker, ending)
        return 1 if server.died() else 0
    finally:
        worker.end()
        server.end()


def _watch(server: Process, worker: Process, ending: Ending) -> None:
    """Start the worker again whenever it dies; come back when the server dies or somebody asks us to end."""
    while not ending.wait(POLL_SECONDS) and not server.died():
        if worker.died() and not ending.wait(worker.pause()):
            worker.restart()


def _end_with_parent() -> None:
    """In the new process: have the kernel send SIGTERM when the parent is gone, where the kernel can (Linux)."""
    with suppress(AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


@click.command("serve")
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=click.IntRange(1, 65535))
@with_appcontext
def serve_command(host: str, port: int) -> None:
    """Serve the application and work on planning runs until Ctrl-C."""
    try:
        manifest()
    except AssetsError as error:
        raise click.ClickException(str(error)) from error
    refuse_other_tables(db.engine)
    db.engine.dispose()  # the processes have connections of their own
    if not is_free(host, port):
        raise click.ClickException(f"Port {port} is taken. Choose another one: PORT={port + 1} make run")
    sys.exit(serve(host, port))
