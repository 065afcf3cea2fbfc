"""What the visitor would like to learn: noted in a signed cookie of their browser, counted in the interest list.

The database knows only how many people of a community would like a course; nobody can be told from anybody else.
"""

from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from scheduler.core.extensions import db
from scheduler.models import Category, Community, Course, Subject, Term, Unit
from scheduler.web.text_search import contains

COOKIE, SALT = "wishes", "interest list"
YEAR_SECONDS = 365 * 24 * 3600
MAX_WISHES = 30
"""Courses that one browser can put on the list: a cookie holds no more, and nobody learns so much in a term."""


@dataclass(frozen=True)
class Wish:
    """Where a wish was counted, by ids."""

    course_id: int
    term_id: int
    community_id: int


def given() -> dict[int, Wish]:
    """The visitor's wishes by course id; none where the cookie is missing or was not signed here."""
    text = request.cookies.get(COOKIE, "")
    try:
        rows: list[list[int]] = _signer().loads(text) if text else []
    except BadSignature:
        return {}
    return {row[0]: Wish(*row) for row in rows}


def remember(response: Response, wishes: dict[int, Wish]) -> None:
    """Keep the wishes in the visitor's browser."""
    rows = [[wish.course_id, wish.term_id, wish.community_id] for wish in wishes.values()]
    options: dict[str, Any] = {"samesite": "Lax", "httponly": True, "secure": request.is_secure}
    response.set_cookie(COOKIE, str(_signer().dumps(rows)), max_age=YEAR_SECONDS, **options)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=SALT)


def term_of(community: Community) -> Term | None:
    """The term in which a wish counts: of those that reach the community, the one that begins last."""
    codes = community.unit.path.strip("/").split("/")
    paths = ["/".join(codes[:depth]) + "/" for depth in range(1, len(codes) + 1)]
    statement = select(Term).join(Term.unit).where(Term.archived_at.is_(None), Unit.path.in_(paths))
    latest = statement.order_by(Term.first_day.desc(), func.length(Unit.path).desc(), Term.id.desc()).limit(1)
    return db.session.scalars(latest).first()


def courses(search: str, category: Category | None) -> list[Course]:
    """The courses of the catalogue that fit, by subject."""
    statement = (
        select(Course)
        .join(Course.subject)
        .where(Course.in_catalogue())
        .order_by(Subject.category, Course.title_zh)
        .options(joinedload(Course.subject))
        .limit(500)
    )
    if category is not None:
        statement = statement.where(Subject.category == category)
    if search:
        columns = Course.title_zh, Course.title_en, Subject.name_zh, Subject.name_en
        statement = statement.where(contains(search, *columns))
    return list(db.session.scalars(statement))


def course(course_id: int) -> Course:
    """A course of the catalogue, or 404."""
    return db.one_or_404(select(Course).where(Course.id == course_id, Course.in_catalogue()))
