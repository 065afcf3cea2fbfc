"""Secrets of users and browsers: made at random, stored as digests, with keys derived from the installation's."""

import hmac
import secrets
from hashlib import sha256

from flask import current_app


def new_key() -> str:
    """A secret that nobody guesses, fit for addresses and cookies: 43 letters, digits, dashes and underscores."""
    return secrets.token_urlsafe(32)


def digest(key: str) -> str:
    """What is stored of a secret made by ``new_key``: 64 hexadecimal digits that tell nothing of it."""
    return sha256(key.encode()).hexdigest()


def derived_key(purpose: str) -> bytes:
    """The installation's key for one purpose; nothing made with it fits another."""
    return hmac.digest(str(current_app.secret_key).encode(), purpose.encode(), "sha256")


def keyed_digest(purpose: str, text: str) -> str:
    """A digest of something that could be guessed, such as a name: only who has the installation's key can compare."""
    return hmac.new(derived_key(purpose), text.encode("utf-8", "replace"), sha256).hexdigest()
