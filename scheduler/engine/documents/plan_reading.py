"""Reads uploaded plans in a process of its own that may use only so much memory and time.

A small file can unpack to much, and a short text can become many objects. So this file is also a script: it reads a
plan, JSON or gzipped JSON, from its standard input and writes it as the plain document plan/1, or why it is none.
"""

import json
import subprocess
import sys
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Final

import solver

MAXIMUM_UPLOAD_BYTES: Final = 8_000_000
MAXIMUM_PLAN_BYTES: Final = 64_000_000
MAXIMUM_SECTIONS: Final = 100_000
"""Sections that an uploaded plan may name: a city has some twenty thousand."""
MAXIMUM_MEETINGS: Final = 500_000
MAXIMUM_MEMORY: Final = 1024 * 1024 * 1024
"""Address space of the process: the plan of a city needs a tenth of it."""
PROCESSOR_SECONDS, WAITING_SECONDS = 10, 60
REFUSED: Final = 3
"""Exit status where the file is no plan."""
ROOT: Final = Path(__file__).parents[3]


def read_uploaded_plan(data: bytes) -> solver.Plan:
    """The plan of an uploaded file. Raises solver.DocumentError, also where reading it would take too much."""
    if len(data) > MAXIMUM_UPLOAD_BYTES:
        raise solver.DocumentError("", f"larger than {MAXIMUM_UPLOAD_BYTES} bytes")
    command = [sys.executable, "-m", __name__]
    try:
        child = subprocess.run(  # noqa: S603
            command, cwd=ROOT, input=data, capture_output=True, timeout=WAITING_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much() from error
    if child.returncode == REFUSED:
        raise solver.DocumentError(*json.loads(child.stdout))
    if child.returncode:  # the system ended it, or it had no memory left
        raise _too_much()
    return solver.read_plan(child.stdout)


def _too_much() -> solver.DocumentError:
    return solver.DocumentError("", "too large to be read")


def _limit() -> None:
    """Let the system end this process before it does harm, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not everywhere

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MAXIMUM_MEMORY, MAXIMUM_MEMORY))


def _plan_in(data: bytes) -> solver.Plan:
    plan = solver.read_plan(_inflated(data) if data.startswith(b"\x1f\x8b") else data)
    if len(plan.placed) + len(plan.unplaced) > MAXIMUM_SECTIONS:
        raise solver.DocumentError("placed", f"more than {MAXIMUM_SECTIONS} sections")
    if sum(len(placement.meetings) for placement in plan.placed.values()) > MAXIMUM_MEETINGS:
        raise solver.DocumentError("placed", f"more than {MAXIMUM_MEETINGS} weekly meetings")
    return plan


def _inflated(data: bytes) -> bytes:
    """Unpack gzip, but never more than a plan may have."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        inflated = unpacker.decompress(data, MAXIMUM_PLAN_BYTES)
    except zlib.error as error:
        raise solver.DocumentError("", f"not a gzip file ({error})") from error
    if not unpacker.eof:
        raise solver.DocumentError("", "the gzip file is cut off or too large")
    return inflated


def main() -> int:
    """Read what stands on standard input; the exit status."""
    _limit()
    try:
        sys.stdout.buffer.write(solver.write_plan(_plan_in(sys.stdin.buffer.read())))
    except solver.DocumentError as error:
        sys.stdout.write(json.dumps([error.path[:300], error.problem[:300]]))
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
