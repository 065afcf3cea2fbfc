"""What the queue and the worker ask of a kind of jobs, and where they find the kind of a job."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Generic, TypeVar

from flask import Flask, current_app
from flask_babel import LazyString

from scheduler.core.processes import StopToken
from scheduler.models import Job

JobT = TypeVar("JobT", bound=Job)
_EXTENSION: Final = "job_kinds"


@dataclass(frozen=True)
class Claim:
    """A job in the hands of one worker, and the proof of it: no other has this worker at this attempt.

    ``seconds`` is what is left of the allowed time, ``elapsed`` what earlier attempts have used.
    """

    job_id: int
    kind: str
    worker: str
    attempt: int
    seconds: float
    elapsed: float


class JobKind(ABC, Generic[JobT]):
    """How jobs of one kind are carried out, what they tell on the way and what is done at their end."""

    model: type[JobT]
    """The rows; its polymorphic identity is the name of the kind."""
    rank: ClassVar[int] = 0
    """Jobs of a lower rank are taken up first."""
    refusal: ClassVar[LazyString]
    """Said where a job of this kind about the same thing waits or goes on already."""

    @abstractmethod
    def carry_out(self, claim: Claim, ending: StopToken) -> None:
        """Do the work and end the job in the queue; when ``ending`` is requested, give the job back instead."""

    @abstractmethod
    def record(self, job_id: int, message: Any) -> None:
        """Keep what the work tells while it goes on."""

    @abstractmethod
    def conclude(self, job: JobT, message: Any | None) -> None:
        """Do what the end of a job brings, whatever its status; ``message`` is what the work told last, if anything."""


def register_kinds(app: Flask, kinds: Iterable[JobKind[Any]]) -> None:
    """Let an application know the kinds of jobs that its workers carry out."""
    app.extensions[_EXTENSION] = {kind.model.__mapper__.polymorphic_identity: kind for kind in kinds}


def kind_named(name: str) -> JobKind[Any]:
    """The kind that a job names."""
    kind: JobKind[Any] = current_app.extensions[_EXTENSION][name]
    return kind
