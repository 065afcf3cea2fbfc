"""Devices on which users signed in before: noted in a signed cookie of the browser and nowhere else."""

from typing import Any, Final

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from scheduler.core.keys import digest, new_key
from scheduler.models import User

COOKIE: Final = "device"
YEAR_SECONDS: Final = 365 * 24 * 3600
MOST_USERS: Final = 8
"""Users that one device knows, the latest: a desk is shared by a few."""


def key_of(user: User | None) -> str:
    """The key of this device for a user who signed in on it since they were last signed out everywhere; "" else."""
    if user is None:
        return ""
    keys = {row[0]: row[2] for row in _rows() if row[1] == _generation(user)}
    return str(keys.get(user.id, ""))


def remember(response: Response, user: User) -> None:
    """Know this device by a user from now on."""
    row = [user.id, _generation(user), key_of(user) or new_key()]
    rows = [row, *(other for other in _rows() if other[0] != user.id)][:MOST_USERS]
    options: dict[str, Any] = {"samesite": "Lax", "httponly": True, "secure": request.is_secure}
    response.set_cookie(COOKIE, str(_signer().dumps(rows)), max_age=YEAR_SECONDS, **options)


def _generation(user: User) -> str:
    """Changes with the key that the user's sessions share, of which it tells nothing."""
    return digest(f"device {user.session_key}")[:16]


def _rows() -> list[list[Any]]:
    text = request.cookies.get(COOKIE, "")
    try:
        return list(_signer().loads(text)) if text else []
    except BadSignature:
        return []


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="known device")
