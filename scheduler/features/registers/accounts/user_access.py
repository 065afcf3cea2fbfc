"""How a user gets in, as their page tells an administrator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.features.registers.accounts import attempts, passwords, sign_ins
from scheduler.features.registers.accounts.second_factor import operations as second_factors
from scheduler.models import SignIn, User


@dataclass(frozen=True)
class UserAccess:
    """The last sign-in, the browsers signed in now, failures within the hour, and what stands in the way."""

    last: SignIn | None
    open: Sequence[SignIn]
    failures: int
    locked_until: datetime | None
    invited: bool
    """Whether no password was ever chosen."""
    second_factor: bool
    """Whether a second factor is asked for."""


def access_of(user: User, lifetime: timedelta) -> UserAccess:
    """Everything about a user's ways in; sessions that were not used for the lifetime are over."""
    return UserAccess(
        last=sign_ins.latest(user), open=sign_ins.open_of(user, lifetime),
        failures=attempts.failures_of(user.username), locked_until=attempts.locked_until(user.username),
        invited=not passwords.is_set(user.password_hash), second_factor=second_factors.is_asked_for(user),
    )
