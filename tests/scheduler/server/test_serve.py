"""The server and its worker as real processes: they start together, survive what they can, and end together."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
WAITS = 300  # of a tenth of a second, for what another process does


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _served(port: int, database_url: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
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


def _pid(serving: subprocess.Popen[str], name: str) -> int:
    """The process that the next such line names."""
    assert serving.stdout is not None
    start = f"The {name} runs as process "
    said = []
    for line in serving.stdout:
        said.append(line)
        if line.startswith(start):
            return int(line.removeprefix(start).rstrip(".\n"))
    raise AssertionError(f"no {name}: {said}")


def _until(condition: Callable[[], bool]) -> None:
    """Ask again and again, for half a minute at most."""
    pause = threading.Event()
    for _attempt in range(WAITS):
        if condition():
            return
        pause.wait(0.1)
    raise AssertionError("it never came true")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except ConnectionError:
        return False
    finally:
        connection.close()


def _gone(pid: int) -> bool:
    """Whether the process has ended; a dead one whose parent does not ask counts as ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] == "Z"


def test_serves_pages_starts_a_killed_worker_again_and_ends_with_both(
    port: int, database_url: str, tmp_path: Path
) -> None:
    with _served(port, database_url, tmp_path) as serving:
        server, killed = (_pid(serving, name) for name in ("server", "worker"))
        _until(lambda: _answers(port))
        os.kill(killed, signal.SIGKILL)
        again = _pid(serving, "worker")
        assert again != killed and not _gone(again)
        serving.send_signal(signal.SIGINT)
        assert serving.wait() == 0
        assert _gone(server) and _gone(again)


def test_ends_when_its_server_is_killed(port: int, database_url: str, tmp_path: Path) -> None:
    with _served(port, database_url, tmp_path) as serving:
        server, worker = (_pid(serving, name) for name in ("server", "worker"))
        os.kill(server, signal.SIGKILL)
        assert serving.wait() == 1
        assert _gone(worker)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent is gone")
def test_leaves_no_process_behind_when_it_is_killed(port: int, database_url: str, tmp_path: Path) -> None:
    with _served(port, database_url, tmp_path) as serving:
        pids = [_pid(serving, name) for name in ("server", "worker")]
        _until(lambda: _answers(port))
        serving.kill()
        serving.wait()
        _until(lambda: all(_gone(pid) for pid in pids))


def test_says_which_port_is_taken(database_url: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with _served(port, database_url, tmp_path) as serving:
            said, _ = serving.communicate()
            assert serving.returncode == 1
            assert f"Port {port} is taken" in said and "PORT=" in said
