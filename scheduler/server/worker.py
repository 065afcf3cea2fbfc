"""The worker: takes jobs from the queue, one at a time. ``flask --app scheduler.app work``."""

import os
import secrets
import signal
import socket
from typing import Final

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from scheduler.core.extensions import db
from scheduler.core.processes import StopToken, stop_on
from scheduler.engine.runs import queue
from scheduler.engine.runs.job_kind import kind_named
from scheduler.engine.runs.supervision import transaction
from scheduler.migrations.state import refuse_other_tables

POLL_SECONDS: Final = 1.0
"""Seconds between two looks at an empty queue, or after the database was out of reach."""


def worker_name() -> str:
    """A name that no other worker has, also after a restart of the same machine."""
    return f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(4)}"


def run_worker(ending: StopToken, once: bool = False) -> None:
    """Work until ``ending`` is requested; with ``once`` until the queue is empty.

    While the database is out of reach it keeps asking; a job that it then loses goes on elsewhere or here, when its
    lease has run out.
    """
    name = worker_name()
    while not ending.requested():
        try:
            with transaction():
                claim = queue.claim_next(name)
            if claim is not None:
                click.echo(f"job {claim.job_id} ({claim.kind}): attempt {claim.attempt}, {claim.seconds:.0f} s to go")
                kind_named(claim.kind).carry_out(claim, ending)
            elif once:
                return
            else:
                ending.wait(POLL_SECONDS)
        except OperationalError as error:
            click.echo(f"the database does not answer: {error.orig}", err=True)
            ending.wait(POLL_SECONDS)


@click.command("work")
@click.option("--once", is_flag=True, help="Carry out what is queued, then exit.")
@with_appcontext
def work(once: bool) -> None:
    """Carry out jobs until asked to end (SIGTERM or Ctrl-C); a job under way is given back then."""
    refuse_other_tables(db.engine)
    run_worker(stop_on(signal.SIGTERM, signal.SIGINT), once)
