"""Who may use a route, and which rows they may see there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import abort, current_app, g, redirect, request, url_for
from flask_login import current_user, login_required
from sqlalchemy import ColumnElement, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from scheduler.models import Role, Unit, User

P = ParamSpec("P")
R = TypeVar("R")
PUBLIC = "public"
SIGNED_IN = "signed in"
OWN_PASSWORD = "accounts.password"  # noqa: S105 - a page
"""The page on which users change their password: the only one for those whose password somebody else has set."""


@dataclass(frozen=True)
class Scope:
    """What a user's roles cover: subtrees of units by path, venues and teachers by id."""

    everything: bool = False
    paths: tuple[str, ...] = ()
    venue_ids: frozenset[int] = frozenset()
    teacher_ids: frozenset[int] = frozenset()

    def covers(self, unit: Unit) -> bool:
        """Whether the unit lies in one of the subtrees."""
        return self.everything or any(unit.path.startswith(path) for path in self.paths)

    def units(self, path: InstrumentedAttribute[str] = Unit.path) -> ColumnElement[bool]:
        """A condition on a statement that selects from or joins ``units``."""
        if self.everything:
            return true()
        return or_(false(), *(path.startswith(prefix, autoescape=True) for prefix in self.paths))


def scope_of(user: User, *roles: Role) -> Scope:
    """What the user's grants of these roles cover; an administrator sees everything."""
    grants = [grant for grant in user.grants if grant.role in roles]
    return Scope(
        everything=any(grant.role is Role.ADMINISTRATOR for grant in user.grants),
        paths=tuple(sorted(grant.unit.path for grant in grants if grant.unit is not None)),
        venue_ids=frozenset(grant.venue_id for grant in grants if grant.venue_id is not None),
        teacher_ids=frozenset(grant.teacher_id for grant in grants if grant.teacher_id is not None),
    )


def current_scope() -> Scope:
    """The scope of the signed-in user for the roles that the route requires."""
    return g.scope


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a route as open to everybody."""
    view.required_roles = PUBLIC  # type: ignore[attr-defined]
    return view


def _own_password_first(view: Callable[..., Any]) -> Callable[..., Any]:
    """Lead users whose password somebody else knows to the page on which they change it."""

    @wraps(view)
    def led(*args: Any, **kwargs: Any) -> Any:
        if current_user.must_change_password and request.endpoint != OWN_PASSWORD:
            asked = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for(OWN_PASSWORD, next=asked), 303)
        return view(*args, **kwargs)

    return led


def signed_in(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let every user in, whatever their roles."""
    protected = login_required(_own_password_first(view))
    protected.required_roles = SIGNED_IN
    return protected


def requires(*roles: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let only users with one of these roles in (administrators always); sets the scope of the request."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.roles & {*roles, Role.ADMINISTRATOR}:
                abort(403)
            g.scope = scope_of(current_user, *roles)
            return view(*args, **kwargs)

        protected = login_required(_own_password_first(guarded))
        protected.required_roles = frozenset({*roles, Role.ADMINISTRATOR})
        return protected

    return decorate


def audience_of(endpoint: str) -> str | frozenset[Role]:
    """Who may open an endpoint: ``PUBLIC``, ``SIGNED_IN`` or roles."""
    view: Any = current_app.view_functions[endpoint]
    roles: str | frozenset[Role] = view.required_roles
    return roles
