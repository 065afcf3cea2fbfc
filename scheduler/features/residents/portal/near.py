"""Where the visitor is: the community that they chose, kept in a cookie of their browser and nowhere else."""

from flask import request
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from scheduler.core.extensions import db
from scheduler.maps.geography import METRES_PER_DEGREE_OF_LATITUDE, Point, street_metres
from scheduler.models import Community, Unit
from scheduler.web.text_search import contains

COOKIE = "near"
YEAR_SECONDS = 365 * 24 * 3600
FARTHEST_METRES = 50_000


def chosen() -> Community | None:
    """The community named in the cookie, if there is one."""
    code = request.cookies.get(COOKIE, "")[:40]
    return community(code) if code else None


def community(code: str) -> Community | None:
    """A community by its code, with its street or town."""
    statement = select(Community).where(Community.code == code, Community.archived_at.is_(None))
    return db.session.scalar(statement.options(joinedload(Community.unit)))


def remember(response: Response, code: str) -> None:
    """Keep the choice in the visitor's browser; an empty code forgets it."""
    if code:
        response.set_cookie(COOKIE, code, max_age=YEAR_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure)
    else:
        response.delete_cookie(COOKIE)


def nearest(position: Point) -> Community | None:
    """The community nearest to a position, None beyond 50 km of any."""
    degrees = FARTHEST_METRES / METRES_PER_DEGREE_OF_LATITUDE
    statement = select(Community).where(
        Community.archived_at.is_(None), func.abs(Community.latitude - position.latitude) < degrees,
        func.abs(Community.longitude - position.longitude) < 2 * degrees,
    )
    return min(db.session.scalars(statement), key=lambda community: street_metres(position, community), default=None)


def matching(search: str) -> list[Community]:
    """Communities whose name, or whose street's name, contains the search."""
    statement = (
        select(Community).join(Unit).where(Community.archived_at.is_(None))
        .options(joinedload(Community.unit)).order_by(Unit.path, Community.name).limit(200)
    )
    return list(db.session.scalars(statement.where(contains(search, Community.name, Unit.name))))


def streets() -> list[Unit]:
    """Streets and towns that have communities, with their county."""
    statement = select(Unit).where(Unit.communities.any(Community.archived_at.is_(None)), Unit.archived_at.is_(None))
    return list(db.session.scalars(statement.options(joinedload(Unit.parent)).order_by(Unit.path)))


def communities_of(code: str) -> list[Community]:
    """The communities of a street or town."""
    statement = select(Community).join(Unit).where(Unit.code == code, Community.archived_at.is_(None))
    return list(db.session.scalars(statement.options(joinedload(Community.unit)).order_by(Community.name)))
