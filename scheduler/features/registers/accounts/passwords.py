"""Password hashing with argon2id, as OWASP's password storage guide recommends."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this password")


UNSET = "!"
"""In place of the hash of a user who has no password yet."""


def is_set(stored: str) -> bool:
    """Whether a user has a password."""
    return stored != UNSET


def hashed(password: str) -> str:
    """The argon2id hash of a password, with its salt and parameters."""
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is right; takes as long where there is no such user (``stored`` None), or no password."""
    try:
        _hasher.verify(stored if stored and is_set(stored) else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None and is_set(stored)


def outdated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)
