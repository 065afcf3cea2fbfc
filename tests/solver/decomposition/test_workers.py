"""The parts of a large term on several workers, some of which die on the way: nothing is lost."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest
from distributed import LocalCluster
from msgspec.structs import replace

from solver import ClusterError, Result, Settings, Term, check, read_term, solve
from tests.solver.diary import Diary
from tests.solver.instances import instance

QUICK = Settings(seconds=10_000, workers=1, max_rounds=0, part_size=30)


@pytest.fixture(scope="module")
def towns() -> Term:
    """Four real towns with 71 sections."""
    return read_term(instance("wanzhou-4-towns"))


@pytest.fixture(scope="module")
def alone(towns: Term) -> Result:
    """What one worker makes of the towns, in parts."""
    return solve(towns, QUICK)


def as_good(term: Term, result: Result, other: Result) -> bool:
    """Whether a plan is legal, leaves out no more than another and costs about the same."""
    assert result.plan is not None and result.total is not None and other.total is not None
    fine = not check(term, result.plan).violations and result.unplaced <= other.unplaced
    return fine and result.total <= 1.05 * other.total


def test_several_processes_find_as_good_a_plan(towns: Term, alone: Result) -> None:
    assert as_good(towns, solve(towns, replace(QUICK, workers=2)), alone)
    assert active_children() == []


def test_processes_that_are_killed_lose_nothing(towns: Term, alone: Result) -> None:
    killed: list[int | None] = []

    def kill() -> None:
        for child in active_children():
            child.kill()
            killed.append(child.pid)

    assert as_good(towns, solve(towns, replace(QUICK, workers=2), Diary(at_first=kill)), alone)
    assert len(killed) == 2


@pytest.fixture
def cluster() -> Iterator[LocalCluster]:
    """Two worker processes and their scheduler."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as dask:
        yield dask


def test_a_cluster_that_loses_a_worker_loses_no_part(towns: Term, alone: Result, cluster: LocalCluster) -> None:
    killed: list[int] = []

    def kill() -> None:
        killed.append(cluster.workers[0].pid)
        os.kill(killed[0], signal.SIGKILL)

    settings = replace(QUICK, executor=cluster.scheduler_address)
    assert as_good(towns, solve(towns, settings, Diary(at_first=kill)), alone)
    assert killed


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://"])
def test_a_cluster_where_nobody_answers_is_an_error(towns: Term, address: str) -> None:
    with pytest.raises(ClusterError, match=address):
        solve(towns, replace(QUICK, executor=address))


@pytest.fixture
def foreign_scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler whose machine does not have this package."""
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(  # noqa: S603
        [*command, "--no-dashboard"], cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stderr is not None
        told = next(line for line in process.stderr if "Scheduler at:" in line)
        yield told.split()[-1]
        process.kill()


def test_a_scheduler_without_this_package_is_an_error(towns: Term, foreign_scheduler: str) -> None:
    with pytest.raises(ClusterError, match="lacks this package"):
        solve(towns, replace(QUICK, executor=foreign_scheduler))
