"""Who of those that fit comes first, and why the others do not fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext as _l
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.engine.analysis.substitutes import Fit, Judged
from scheduler.models import Placement, Plan, PlanStatus, Section, SectionLearners, Substitution, SubstitutionStatus
from solver import TeacherReach

REASONS: dict[str, LazyString] = {
    "teacher available": _l("not free at this hour"),
    "teacher absent": _l("absent then"),
    "teacher busy": _l("teaching in another term, or absent for some hours"),
    "teacher overlap or travel": _l("teaching then, or too far away to arrive in time"),
    "teacher day load": _l("already giving as many sessions that day as they may"),
    "teacher week load": _l("already giving as many sessions that week as they may"),
    "teacher reach": _l("living too far from the venue"),
    "teacher not allowed": _l("not among the section's teachers, or has refused it"),
    "budget": _l("costing more than the budget has left"),
}
OTHER = _l("not fitting for another reason")
KNOWN_IS_WORTH_METRES = 2000
"""So much longer a way a teacher may have whom the learners know, before a stranger comes first."""


@dataclass(frozen=True)
class Candidate:
    """A teacher who fits; ``knows`` whether they have taught this group or teach people of the same communities."""

    fit: Fit
    knows: bool


@dataclass(frozen=True)
class TeacherObstacle:
    """Why some teachers of the subject do not fit, and what they are called."""

    text: str
    names: tuple[str, ...]


def ranked(judged: Judged, section: Section) -> list[Candidate]:
    """Those who fit: what a session costs in ways, fees and overwork decides, and whether the learners know them."""
    acquainted = _acquainted(section)
    candidates = [Candidate(fit, fit.teacher.id in acquainted) for fit in judged.fits if fit.fits]
    worth = section.term.weights.get("teacher_distance", 0) * KNOWN_IS_WORTH_METRES // 1000
    return sorted(
        candidates,
        key=lambda candidate: (
            candidate.fit.cost - worth * candidate.knows,
            candidate.fit.metres,
            candidate.fit.teacher.name,
        ),
    )


def why_not(judged: Judged) -> list[TeacherObstacle]:
    """The others, gathered by the first rule that is in their way."""
    names_by_code: dict[str, list[str]] = {}
    for fit in judged.fits:
        if not fit.fits:
            names_by_code.setdefault(fit.codes[0], []).append(fit.teacher.name)
    for teacher in judged.too_far:
        names_by_code.setdefault(TeacherReach.code, []).append(teacher.name)
    return [TeacherObstacle(_sentence(code), tuple(names)) for code, names in names_by_code.items()]


def obstacle_of(codes: Sequence[str]) -> str:
    """Why one teacher does not fit."""
    return _sentence(codes[0]) if codes else ""


def _acquainted(section: Section) -> set[int]:
    """Teachers who have given the section before, have stood in, or teach people of its communities."""
    communities = select(SectionLearners.community_id).where(SectionLearners.section_id == section.id)
    sections = select(SectionLearners.section_id).where(SectionLearners.community_id.in_(communities))
    was_published = Plan.status.in_((PlanStatus.PUBLISHED, PlanStatus.SUPERSEDED))
    teaching = (
        select(Placement.teacher_id).join(Placement.plan).where(was_published, Placement.section_id.in_(sections))
    )
    stood_in = select(Substitution.teacher_id).where(
        Substitution.section_id == section.id, Substitution.status == SubstitutionStatus.AGREED
    )
    return {*db.session.scalars(teaching), *db.session.scalars(stood_in)}


def _sentence(code: str) -> str:
    return str(REASONS.get(code, OTHER))
