"""Codes of six digits that change every thirty seconds, as RFC 6238 (TOTP) makes them of a shared secret."""

import hmac
import secrets
from base64 import b32decode, b32encode
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

STEP_SECONDS: Final = 30
DIGITS: Final = 6
SECRET_BYTES: Final = 20
TOLERANCE: Final = 1
"""Steps by which the clock of the user's device may be early or late."""


def new_secret() -> str:
    """A secret as applications take it: 32 letters and digits."""
    return b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_of(moment: datetime) -> int:
    """The number of the thirty seconds in which a moment lies."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_of(secret: str, step: int, digits: int = DIGITS) -> str:
    """The code of a step (RFC 4226 with the step as its counter)."""
    digest = hmac.digest(b32decode(secret), step.to_bytes(8), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def step_matching(secret: str, code: str, moment: datetime) -> int | None:
    """The step whose code this is, around a moment; None for a wrong one."""
    present = step_of(moment)
    steps = range(present - TOLERANCE, present + TOLERANCE + 1)
    matching = [step for step in steps if hmac.compare_digest(code_of(secret, step).encode(), code.encode())]
    return max(matching, default=None)


def address_for(secret: str, username: str, issuer: str) -> str:
    """What a square code holds, so that an application learns the secret by looking at it."""
    options = urlencode({"secret": secret, "issuer": issuer, "digits": DIGITS, "period": STEP_SECONDS}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{issuer}:{username}')}?{options}"
