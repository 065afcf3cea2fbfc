"""Wrong passwords and codes, counted for each user, each address and each device; right ones are not.

Whoever hammers a name keeps strangers out, but not the user: on a device on which they signed in before, only wrong
attempts from this device count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, func, select

from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.core.keys import keyed_digest
from scheduler.models import FailedAttempt

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OF_NAME: Final = ((30, HOUR),)
OF_ADDRESS: Final = ((10, MINUTE), (100, HOUR))
OF_DEVICE: Final = ((10, MINUTE), (30, HOUR))


@dataclass(frozen=True)
class Attempt:
    """Somebody who would like in: name, address, and the key of the user's own device ("" for a strange one)."""

    username: str
    address: str
    device: str = ""

    def limits(self) -> Iterable[tuple[str, int, timedelta]]:
        """What counts against it: subject, how many failures are too many, and within which time."""
        known = ((_device(self.device), OF_DEVICE),)
        strange = ((_name(self.username), OF_NAME), (_address(self.address), OF_ADDRESS))
        counting = known if self.device else strange
        return ((subject, most, span) for subject, limits in counting for most, span in limits)


def _name(username: str) -> str:
    return keyed_digest("failed attempts: name", username.strip().lower())


def _address(address: str) -> str:
    return keyed_digest("failed attempts: address", address)


def _device(device: str) -> str:
    return keyed_digest("failed attempts: device", device)


def refused_until(attempt: Attempt) -> datetime | None:
    """When somebody who failed too often may try again; None where they may now."""
    moments = (_full_until(*limit) for limit in attempt.limits())
    return max((moment for moment in moments if moment is not None), default=None)


def _full_until(subject: str, most: int, span: timedelta) -> datetime | None:
    """When fewer than ``most`` failures will lie within the span; None where it is so now."""
    deciding = (
        select(FailedAttempt.at).where(FailedAttempt.subject == subject, FailedAttempt.at > now() - span)
        .order_by(FailedAttempt.at.desc()).offset(most - 1).limit(1)
    )
    moment = db.session.scalar(deciding)
    return None if moment is None else moment + span


def note_failure(attempt: Attempt) -> None:
    """Count a failure; those of more than an hour ago are dropped."""
    subjects = {subject for subject, _most, _span in attempt.limits()}
    db.session.execute(delete(FailedAttempt).where(FailedAttempt.at < now() - HOUR))
    db.session.add_all(FailedAttempt(subject=subject) for subject in sorted(subjects))
    db.session.flush()


def failures_of(username: str) -> int:
    """How many attempts by strangers failed for a name within the hour."""
    return db.session.scalar(select(func.count(FailedAttempt.id)).where(*_against(username))) or 0


def locked_until(username: str) -> datetime | None:
    """Until when strangers are not let in by this name, whatever their password; None where they are."""
    return max(filter(None, (_full_until(_name(username), *limit) for limit in OF_NAME)), default=None)


def forgive(username: str) -> int:
    """Forget the failures for a name; how many there were."""
    number = failures_of(username)
    db.session.execute(delete(FailedAttempt).where(*_against(username)))
    return number


def _against(username: str) -> tuple[ColumnElement[bool], ...]:
    return FailedAttempt.subject == _name(username), FailedAttempt.at > now() - HOUR
