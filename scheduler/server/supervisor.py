"""Serves the application: the web server and the planning worker as two processes that start and end together."""

import signal
import socket
import sys
import time
from typing import Final

import click
from flask import current_app
from flask.cli import with_appcontext

from scheduler.core.config import THREADS
from scheduler.core.extensions import db
from scheduler.core.processes import Command, StopToken, stop_on
from scheduler.maps.tile_source import LOOPBACK
from scheduler.migrations.state import refuse_other_tables
from scheduler.web.assets import AssetsError, manifest

PYTHON: Final = (sys.executable, "-m")
SERVER_OPTIONS: Final = ("--config=python:scheduler.server.gunicorn_config",)
POLL_SECONDS: Final = 0.5
"""Seconds between two looks at the processes."""
MAX_RESTART_PAUSE: Final = 60.0
"""Seconds before a worker that keeps dying is started again; also how long one must live to count as well."""


class SupervisedProcess:
    """A command that is started again when it has died."""

    def __init__(self, name: str, *command: str) -> None:
        self.name = name
        self.command = command
        self.failures = 0
        self._start()

    def died(self) -> bool:
        """Whether it has ended although nobody asked it to."""
        return self._running.status() is not None

    def pause(self) -> float:
        """Seconds to wait before it may start again: twice as long after each early death."""
        lived = time.monotonic() - self.started
        self.failures = 0 if lived > MAX_RESTART_PAUSE else self.failures + 1
        return min(MAX_RESTART_PAUSE, 2.0**self.failures - 1)

    def restart(self) -> None:
        """Start it again after it died."""
        click.echo(f"The {self.name} ended with status {self._running.status()} and is started again.", err=True)
        self._start()

    def end(self) -> None:
        """Ask it to end, and kill it if it does not."""
        self._running.end()

    def _start(self) -> None:
        self.started = time.monotonic()
        self._running = Command(*self.command)
        click.echo(f"The {self.name} runs as process {self._running.pid}.")


def serve(host: str, port: int) -> int:
    """Serve until SIGINT or SIGTERM; returns the exit status, 1 when the server could not go on."""
    ending = stop_on(signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # the last is sent by a closed terminal
    options = (f"--bind={host}:{port}", "--worker-class=gthread", f"--threads={THREADS}", *SERVER_OPTIONS)
    server = SupervisedProcess("server", *PYTHON, "gunicorn", *options, "scheduler.app:create_app()")
    worker = SupervisedProcess("worker", *PYTHON, "flask", "--app", "scheduler.app", "work")
    click.echo(f"Open http://{host}:{port} in a browser; Ctrl-C ends the server.")
    try:
        _watch(server, worker, ending)
        return 1 if server.died() else 0
    finally:
        worker.end()
        server.end()


def _watch(server: SupervisedProcess, worker: SupervisedProcess, ending: StopToken) -> None:
    """Start the worker again whenever it dies; come back when the server dies or somebody asks us to end."""
    while not ending.wait(POLL_SECONDS) and not server.died():
        if worker.died() and not ending.wait(worker.pause()):
            worker.restart()


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
    """Serve the application and carry out jobs until Ctrl-C."""
    try:
        manifest()
    except AssetsError as error:
        raise click.ClickException(str(error)) from error
    refuse_other_tables(db.engine)
    db.engine.dispose()  # the processes have connections of their own
    if host not in LOOPBACK and not current_app.config["PUBLIC_URL"]:
        click.echo("Only localhost is answered: PUBLIC_URL=https://… says by which name others ask.", err=True)
    if not is_free(host, port):
        raise click.ClickException(f"Port {port} is taken. Choose another one: PORT={port + 1} make run")
    sys.exit(serve(host, port))
