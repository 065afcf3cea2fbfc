"""Secrets of users and browsers: made at random, stored as digests, with keys derived from the installation's."""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from flask import current_app

_NONCE, _SEAL = 16, 32
"""Bytes."""


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


def encrypted(purpose: str, text: str) -> str:
    """A text that only this installation reads again, for the same purpose alone.

    A stream of HMAC-SHA256 over a random nonce and a counter hides it, and a second one over all of that shows whether
    it was changed (encrypt, then authenticate).
    """
    nonce, plain = secrets.token_bytes(_NONCE), text.encode()
    hidden = _hidden(purpose, nonce, plain)
    return urlsafe_b64encode(nonce + hidden + _seal(purpose, nonce + hidden)).decode()


def decrypted(purpose: str, text: str) -> str:
    """What was ``encrypted``; ValueError where it was changed, or encrypted for something or somebody else."""
    whole = urlsafe_b64decode(text)
    body, seal = whole[:-_SEAL], whole[-_SEAL:]
    if len(body) < _NONCE or not hmac.compare_digest(seal, _seal(purpose, body)):
        raise ValueError("this was not encrypted with the key of this installation")
    return _hidden(purpose, body[:_NONCE], body[_NONCE:]).decode()


def _hidden(purpose: str, nonce: bytes, text: bytes) -> bytes:
    key = derived_key(f"hiding: {purpose}")
    blocks = (hmac.digest(key, nonce + number.to_bytes(4), "sha256") for number in range(-(-len(text) // 32)))
    return bytes(letter ^ block for letter, block in zip(text, b"".join(blocks), strict=False))


def _seal(purpose: str, body: bytes) -> bytes:
    return hmac.digest(derived_key(f"sealing: {purpose}"), body, "sha256")
