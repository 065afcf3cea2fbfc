"""The server and its worker as real processes: they start together, survive what they can, and end together."""

import gzip
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing
from email.message import Message
from pathlib import Path

import pytest

from tests.serving import answers, free_port, served, wait_until


@pytest.fixture
def port() -> int:
    return free_port()


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


def _ask(port: int, address: str) -> tuple[Message, bytes]:
    """Headers and body of what a browser that reads gzip is answered."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        return answer.headers, gzip.decompress(answer.read())


def _assert_light(port: int) -> None:
    """Pages and bundles come compressed, and bundles may be kept for good."""
    headers, page = _ask(port, "/")
    assert headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in headers["Vary"]
    bundles = re.findall(r'"(/static/[^"]+)"', page.decode())
    assert {address.rpartition(".")[2] for address in bundles} == {"css", "js", "svg"}
    for address in bundles:
        headers, bundle = _ask(port, address)
        assert bundle and headers["Content-Encoding"] == "gzip" and headers["Vary"] == "Accept-Encoding"
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable"


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
    with served(port, database_url, tmp_path) as serving:
        server, killed = (_pid(serving, name) for name in ("server", "worker"))
        wait_until(lambda: answers(port))
        _assert_light(port)
        os.kill(killed, signal.SIGKILL)
        successor = _pid(serving, "worker")
        assert successor != killed and not _gone(successor)
        serving.send_signal(signal.SIGINT)
        assert serving.wait() == 0
        assert _gone(server) and _gone(successor)


def test_ends_when_its_server_is_killed(port: int, database_url: str, tmp_path: Path) -> None:
    with served(port, database_url, tmp_path) as serving:
        server, worker = (_pid(serving, name) for name in ("server", "worker"))
        os.kill(server, signal.SIGKILL)
        assert serving.wait() == 1
        assert _gone(worker)


@pytest.mark.one_database
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent is gone")
def test_leaves_no_process_behind_when_it_is_killed(port: int, database_url: str, tmp_path: Path) -> None:
    with served(port, database_url, tmp_path) as serving:
        pids = [_pid(serving, name) for name in ("server", "worker")]
        wait_until(lambda: answers(port))
        serving.kill()
        serving.wait()
        wait_until(lambda: all(_gone(pid) for pid in pids))


def test_says_which_port_is_taken(database_url: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with served(port, database_url, tmp_path) as serving:
            said, _ = serving.communicate()
            assert serving.returncode == 1
            assert f"Port {port} is taken" in said and "PORT=" in said
