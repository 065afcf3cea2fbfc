"""What would help a plan most, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import selectinload

import solver
from scheduler.core.extensions import db
from scheduler.engine.analysis.changes import write_grants
from scheduler.engine.documents.keys import SECTION, row_id
from scheduler.engine.words.grants import grant_sentence
from scheduler.models import RecommendationJob, Section


@dataclass(frozen=True)
class Recommendation:
    """One thing more: in words and as a scenario takes it, and what the plan wins with it at least.

    ``sections`` are placed with it and left out without it, ``learners`` are theirs; ``gain`` is by how much the cost
    falls; ``moved`` sections go elsewhere for it; ``proven`` says whether no better was possible for those concerned.
    """

    text: str
    granted: str
    sections: list[str]
    learners: int
    gain: int
    moved: int
    proven: bool


@dataclass(frozen=True)
class Recommendations:
    """How far it has been found out what would help, the most valuable first; ``of`` is 0 until things are tried."""

    tried: int
    of: int
    rows: list[Recommendation]


def recommendations_of(job: RecommendationJob) -> Recommendations:
    """What a job about a plan has found until now."""
    if job.findings is None:
        return Recommendations(0, 0, [])
    trials = msgspec.convert(job.findings, solver.Trials)
    sections = _sections(name for gain in trials.gains for name in gain.places)
    return Recommendations(trials.tried, trials.of, [_recommendation(gain, sections) for gain in trials.gains])


def _recommendation(gain: solver.MarginalGain, sections: dict[str, Section]) -> Recommendation:
    placed = [sections[name] for name in gain.places if name in sections]
    return Recommendation(
        text=grant_sentence(gain.thing),
        granted=write_grants([gain.thing]),
        sections=[section.name for section in placed],
        learners=sum(section.size for section in placed),
        gain=gain.gain,
        moved=len(set(gain.placements) - set(gain.places)),
        proven=gain.proven,
    )


def _sections(names: Iterable[str]) -> dict[str, Section]:
    ids = {name: row_id(SECTION, name) for name in names}
    statement = select(Section).where(Section.id.in_(ids.values())).options(selectinload(Section.learners))
    by_id = {section.id: section for section in db.session.scalars(statement)}
    return {name: by_id[number] for name, number in ids.items() if number in by_id}
