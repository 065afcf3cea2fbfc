"""The second factor of users who want one: set up, asked for, replaced by a recovery code, taken away."""

import re
import secrets
from typing import Final

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from scheduler.audit import trail as audit
from scheduler.core.database import now
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.core.keys import decrypted, encrypted, keyed_digest
from scheduler.features.registers.accounts.second_factor.one_time_codes import new_secret, step_matching
from scheduler.models import Action, RecoveryCode, SecondFactor, User

CODES: Final = 10
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks alike: twelve of them are not guessed."""
CODE_LENGTH: Final = 12


def of(user: User) -> SecondFactor | None:
    """The user's second factor, confirmed or just being set up."""
    return db.session.get(SecondFactor, user.id)


def is_asked_for(user: User) -> bool:
    """Whether the user signs in with a second factor."""
    factor = of(user)
    return factor is not None and factor.confirmed_at is not None


def begin(user: User) -> None:
    """Make a secret, which is not asked for before it is confirmed; one that is being set up stays."""
    factor = of(user)
    if factor is not None and factor.confirmed_at is None and _secret(user, factor) is None:
        reset(user)
        factor = None
    if factor is None:
        db.session.add(SecondFactor(user_id=user.id, secret=encrypted(_purpose(user), new_secret())))
        db.session.flush()


def secret_of(user: User) -> str | None:
    """The secret that a user is just setting up; one that is in use is never shown again."""
    factor = of(user)
    return None if factor is None or factor.confirmed_at else _secret(user, factor)


def confirm(user: User, code: str) -> list[str]:
    """Ask for the second factor from now on, once the user's application has shown that it knows the secret.

    Returns recovery codes, which are shown once.
    """
    factor = of(user)
    if factor is None or factor.confirmed_at is not None:
        raise DomainError(_("Begin anew: no second factor is being set up."))
    _take_code(user, code)
    factor.confirmed_at = now()
    return _new_recovery_codes(user)


def renew_recovery_codes(user: User, code: str) -> list[str]:
    """Other recovery codes in place of those so far, for whoever has the second factor."""
    _take_code(user, code)
    audit.record(db.session(), Action.UPDATE, user, {"recovery_codes": ["…", "…"]})
    return _new_recovery_codes(user)


def remove(user: User, code: str) -> bool:
    """Take the second factor away, for whoever has it or a recovery code; whether there was one."""
    if not passes(user, code):
        raise DomainError(_wrong(), "code")
    return reset(user)


def reset(user: User) -> bool:
    """Take a user's second factor away; whether there was one."""
    factor = of(user)
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    if factor is not None:
        db.session.delete(factor)
    db.session.flush()
    return factor is not None


def passes(user: User, code: str) -> bool:
    """Whether a code is right: that of the moment, or a recovery code. Each is right only once."""
    typed = re.sub(r"[\s-]", "", code).lower()
    return _is_of_this_moment(user, typed) or _is_recovery_code(user, typed)


def recovery_codes_left(user: User) -> int:
    """How many recovery codes were not used yet."""
    return db.session.scalar(select(func.count(RecoveryCode.id)).where(RecoveryCode.user_id == user.id)) or 0


def _secret(user: User, factor: SecondFactor) -> str | None:
    """The secret; None where the installation has another key since it was made."""
    try:
        return decrypted(_purpose(user), factor.secret)
    except ValueError:
        return None


def _take_code(user: User, code: str) -> None:
    if not _is_of_this_moment(user, re.sub(r"\s", "", code)):
        raise DomainError(_wrong(), "code")


def _wrong() -> str:
    return _("This is not the code of the moment. Look at the application again; its clock has to be right.")


def _is_of_this_moment(user: User, typed: str) -> bool:
    factor = of(user)
    secret = _secret(user, factor) if factor else None
    step = step_matching(secret, typed, now()) if secret else None
    if step is None:
        return False
    unused = SecondFactor.user_id == user.id, SecondFactor.last_step < step
    taken = update(SecondFactor).where(*unused).values(last_step=step).returning(SecondFactor.user_id)
    return bool(db.session.scalars(taken).all())


def _is_recovery_code(user: User, typed: str) -> bool:
    fitting = RecoveryCode.user_id == user.id, RecoveryCode.code_digest == _digest(user, typed)
    used = db.session.scalars(delete(RecoveryCode).where(*fitting).returning(RecoveryCode.id)).all()
    if used:
        left = recovery_codes_left(user)
        audit.record(db.session(), Action.UPDATE, user, {"recovery_codes": [left + 1, left]})
    return bool(used)


def _new_recovery_codes(user: User) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = ["".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH)) for _code in range(CODES)]
    db.session.add_all(RecoveryCode(user_id=user.id, code_digest=_digest(user, code)) for code in codes)
    db.session.flush()
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def _digest(user: User, code: str) -> str:
    return keyed_digest(f"recovery codes of {user.id}", code)


def _purpose(user: User) -> str:
    return f"second factor of {user.id}"
