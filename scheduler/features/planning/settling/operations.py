"""Settles how published sections go on when term, course or section have changed."""

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import gettext as _, ngettext

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.publishing import publication
from scheduler.domain.publishing.unsettled import UnsettledSection, unsettled_sections
from scheduler.engine.documents.uploads import problems_of_sections
from scheduler.models import Plan


class Settlement(StrEnum):
    """How a section goes on: as term and section now say, without the dates that fall away, or as published."""

    FOLLOW = "follow"
    LEAVE_OUT = "leave_out"
    AS_PUBLISHED = "as_published"


def possible(section: UnsettledSection) -> list[Settlement]:
    """What may be chosen for a section; nothing where it has to be planned again."""
    if section.gone:
        return []
    choices = []
    if section.complete:
        choices.append(Settlement.FOLLOW)
    if section.dates_alone and section.lost:
        choices.append(Settlement.LEAVE_OUT)
    if not section.same_format:
        choices.append(Settlement.AS_PUBLISHED)
    return choices


def settle(plan: Plan, chosen: Mapping[int, Settlement]) -> publication.Changes:
    """Let each section of a published plan go on as chosen; all of them or none.

    Raises DomainError, with the section's number as its field, where nothing possible is chosen or where a rule would
    be broken then.
    """
    sections = unsettled_sections(plan)
    for section in sections:
        _apply(section, chosen.get(section.placement.section_id))
    db.session.flush()
    problems = problems_of_sections(plan, {section.placement.section_id for section in sections})
    for section_id, sentences in problems.items():
        raise DomainError(" ".join(sentences), str(section_id))
    return publication.publish_again(plan)


def withdraw(plan: Plan) -> str:
    """Make a published plan a draft again; what that has done, in words."""
    asked = publication.withdraw(plan)
    return _("%(name)s is a draft again, and residents no longer see it.", name=plan.name) + " " + ngettext(
        "%(num)s request to venues and teachers is withdrawn.",
        "%(num)s requests to venues and teachers are withdrawn.",
        asked,
    )


def _apply(unsettled: UnsettledSection, chosen: Settlement | None) -> None:
    section, placement = unsettled.placement.section, unsettled.placement
    if chosen not in possible(unsettled):
        raise DomainError(_("Choose how it goes on, or plan it again."), str(section.id))
    if chosen is Settlement.LEAVE_OUT:
        section.sessions = len(unsettled.published) - len(unsettled.lost)
    elif chosen is Settlement.AS_PUBLISHED:
        section.minutes, section.sessions = placement.minutes, placement.sessions
        section.every_weeks = placement.every_weeks
