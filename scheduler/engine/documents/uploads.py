"""Plans judged against the term as it is today: those uploaded, and drafts before they are published."""

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _

import solver
from scheduler.core.errors import DomainError
from scheduler.domain.assignments import refusals
from scheduler.domain.plans import published_plan
from scheduler.engine.documents import drafts
from scheduler.engine.documents.keys import SECTION, TEACHER, row_id
from scheduler.engine.documents.plan_reading import read_uploaded_plan
from scheduler.engine.documents.snapshot import plan_document, term_document
from scheduler.engine.words.sentences import violation_sentence
from scheduler.models import Plan, Term
from solver import TeacherAllowed

SHOWN_VIOLATIONS = 10


def problems_of(plan: Plan) -> list[str]:
    """The rules that a plan breaks in the term as it is now, in words.

    A section that its teacher has refused is no reason: what is settled already need not wait for it.
    """
    report, refused = solver.check(term_document(plan.term), plan_document(plan)), refusals(plan.term)
    return [violation_sentence(violation) for violation in report.violations if not _is_refusal(violation, refused)]


def problems_of_sections(plan: Plan, section_ids: Collection[int]) -> dict[int, list[str]]:
    """The rules that some sections of a plan break in the term as it is now, in words; archived ones break none."""
    report, refused = solver.check(term_document(plan.term), plan_document(plan)), refusals(plan.term)
    problems: dict[int, list[str]] = {}
    for violation in report.violations:
        keys = {row_id(SECTION, str(parameter)) for parameter in violation.parameters}
        named = [section_id for section_id in section_ids if section_id in keys]
        if named and not _is_refusal(violation, refused):
            problems.setdefault(min(named), []).append(violation_sentence(violation))
    return problems


def _is_refusal(violation: solver.Violation, refused: dict[int, set[int]]) -> bool:
    if violation.code != TeacherAllowed.code:
        return False
    section, teacher = violation.parameters
    return row_id(TEACHER, teacher) in refused.get(row_id(SECTION, section) or 0, set())


@dataclass(frozen=True)
class JudgedPlan:
    """A plan that breaks no rule of the term as the document says it."""

    document: solver.Term
    plan: solver.Plan


def judge_upload(term: Term, data: bytes) -> JudgedPlan:
    """A plan document that breaks no rule of the term. Raises DomainError for the field ``document``."""
    try:
        plan = read_uploaded_plan(data)
    except solver.DocumentError as error:
        raise DomainError(
            _("This file is not a plan that can be read (%(problem)s). Nothing was changed.", problem=str(error)[:300]),
            "document",
        ) from error
    document = term_document(term, published_plan(term))
    report = solver.check(document, plan)
    if report.violations:
        raise DomainError(_refusal(report), "document")
    named = solver.Plan(
        plan.placed, tuple(section.id for section in document.sections if section.id not in plan.placed)
    )
    return JudgedPlan(document, named)


def save_upload(term: Term, judged: JudgedPlan, name: str = "", created_by_id: int | None = None) -> Plan:
    """A draft from a plan that was judged a moment ago; publishing judges it once more."""
    return drafts.save_draft(term, judged.document, judged.plan, name, created_by_id=created_by_id)


def _refusal(report: solver.Report) -> str:
    """How many rules are broken, and the first of them."""
    sentences = [violation_sentence(violation) for violation in report.violations[:SHOWN_VIOLATIONS]]
    if len(report.violations) > SHOWN_VIOLATIONS:
        sentences.append("…")
    return " ".join(
        [
            _("The plan breaks %(number)s rules of this term, so nothing was changed.", number=len(report.violations)),
            *sentences,
        ]
    )
