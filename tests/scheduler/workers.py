"""Real worker processes for tests."""

import os
import subprocess
import sys
from pathlib import Path

from flask import Flask

from scheduler.core.config import ROOT


class Worker:
    """A real worker process on this test's database."""

    def __init__(self, app: Flask, *arguments: str) -> None:
        environment = {
            **os.environ,
            "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
            "SECRET_KEY": "only for tests",
            "INSTANCE_FOLDER": str(app.config["INSTANCE"]),
            "SOLVER_WORKERS": "1",
        }
        self.killed = False
        command = [sys.executable, "-m", "flask", "--app", "scheduler.app", "work", *arguments]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 - our own command

    @property
    def searches(self) -> list[int]:
        """The processes that this worker has started, but for Python's own resource tracker."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]

    def kill(self) -> None:
        """End the worker without a word, as a crash does."""
        self.killed = True
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        """Ask the worker to end; its exit status."""
        self.process.terminate()
        return self.process.wait()

    def leave(self) -> None:
        """Leave nothing of it behind."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
