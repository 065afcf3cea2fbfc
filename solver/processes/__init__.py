"""Work in other processes: how orders reach them, how they are asked to end, and that they never outlive their parent.

``base`` says what every pool of workers can do, ``local`` has the pools of this machine, ``cluster`` that of a Dask
cluster, an optional dependency. ``stop_token`` is how work is asked to end, ``parent_guard`` ends a process without
its parent. Nothing here knows what the work is about.
"""

from collections.abc import Callable

from solver.processes.base import Answer, ClusterError, Order, Pool, Work
from solver.processes.local import InlinePool, ProcessPool, may_have_children


def pool_of(work: Work[Order, Answer], size: int, cluster: str | None, stop: Callable[[], bool]) -> Pool[Order, Answer]:
    """The workers of a Dask cluster where its address is given, else so many processes of this machine.

    One worker alone, and a process that may have no children, work in the caller's own process. Raises ClusterError.
    """
    if cluster is not None:
        return _cluster(work, cluster)
    if size == 1 or not may_have_children():
        return InlinePool(work, stop)
    return ProcessPool(work, size)


def _cluster(work: Work[Order, Answer], address: str) -> Pool[Order, Answer]:
    try:
        from solver.processes.cluster import ClusterPool  # noqa: PLC0415 - an optional dependency, and slow to load
    except ImportError as error:
        raise ClusterError("install 'learning-city-scheduler[cluster]' to use a cluster") from error
    try:
        cluster = ClusterPool(work, address)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no scheduler answers at {address}: {error}") from error
    if not cluster.knows_solver():
        cluster.close()
        raise ClusterError(f"the scheduler at {address} lacks this package: install it there as on the workers")
    return cluster
