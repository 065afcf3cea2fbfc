"""Which guides and pages the reader may open, and where the pages are."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import current_app, url_for
from flask_login import current_user
from sqlalchemy import select

from scheduler.core.config import ROOT
from scheduler.core.extensions import db
from scheduler.features.residents.guides.guide_text import GuideText, read_guide
from scheduler.models import Role, Term, Unit
from scheduler.web.access import PUBLIC, SIGNED_IN, audience_of, scope_of
from scheduler.web.i18n import html_language

TEXTS = ROOT / "templates" / "guides" / "texts"
FILES = {"zh-CN": "zh", "en": "en"}
"""The folder of a language's guides, by the name that HTML has for the language."""
STAFF = frozenset(Role) - {Role.RESIDENT}
GUIDES = (Role.RESIDENT, Role.TEACHER, Role.VENUE_MANAGER, Role.COORDINATOR, Role.ADMINISTRATOR)
"""A guide for each role, in the order of those who read on."""


@dataclass(frozen=True)
class Guide:
    """The guide for a role in a language."""

    role: Role
    text: GuideText


@cache
def guide_for(role: Role, language: str) -> Guide:
    """A role's guide; ``language`` as HTML names it."""
    file: Path = TEXTS / FILES[language] / f"{role}.md"
    return Guide(role, read_guide(file.read_text(encoding="utf-8")))


def roles_of_reader() -> frozenset[Role]:
    """The roles of whoever reads; none without an account."""
    return current_user.roles if current_user.is_authenticated else frozenset()


def readable_roles() -> list[Role]:
    """The roles whose guides the reader may open, their own first; staff may open all."""
    own = roles_of_reader()
    if not own & STAFF:
        return [Role.RESIDENT]
    return sorted(GUIDES, key=lambda role: (role not in own, role is Role.RESIDENT))


def readable_guides(language: str | None = None) -> list[Guide]:
    """The guides that the reader may open, in their language where none is given."""
    return [guide_for(role, language or html_language()) for role in readable_roles()]


def may_open(endpoint: str) -> bool:
    """Whether a page is the reader's; those of a teacher's own record are not an administrator's."""
    audience, own = audience_of(endpoint), roles_of_reader()
    if audience == PUBLIC:
        return True
    if audience == SIGNED_IN:
        return bool(current_user.is_authenticated)
    assert isinstance(audience, frozenset)
    return bool(own & (audience - {Role.ADMINISTRATOR} if audience == {Role.TEACHER, Role.ADMINISTRATOR} else audience))


def newest_term_id() -> int | None:
    """The term that begins last of those that the reader plans."""
    if not current_user.is_authenticated:
        return None
    scope = scope_of(current_user, Role.COORDINATOR)
    terms = select(Term.id).join(Unit).where(scope.units(), Term.archived_at.is_(None))
    return db.session.scalar(terms.order_by(Term.first_day.desc(), Term.id.desc()).limit(1))


class PageAddresses:
    """Where pages are for the reader: pages of a term are those of the term that they plan."""

    def __init__(self) -> None:
        self.term_id = newest_term_id()

    def of(self, endpoint: str) -> str | None:
        """The address of a page that needs no more than a term; None where it needs more or is not the reader's."""
        arguments = needed_by(endpoint)
        if not may_open(endpoint) or arguments - {"term_id"}:
            return None
        if not arguments:
            return url_for(endpoint)
        return url_for(endpoint, term_id=self.term_id) if self.term_id else url_for("terms.index")


def needed_by(endpoint: str) -> set[str]:
    """What the shortest address of a page has to hold."""
    return min((rule.arguments for rule in current_app.url_map.iter_rules(endpoint)), key=len)
