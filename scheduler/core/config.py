"""Settings of one installation, read once from the environment."""

import os
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from scheduler.core.public_address import PublicAddress, public_address_from
from scheduler.maps.tile_source import TileSource, tile_source_from

ROOT = Path(__file__).resolve().parents[2]
INSTANCE = Path(os.environ.get("INSTANCE_FOLDER", ROOT / "instance"))
THREADS: Final = 16
"""Requests that one server answers at a time."""
MAXIMUM_REQUEST_BYTES = 32 * 1024 * 1024
POOL: Final = {"pool_size": THREADS, "max_overflow": THREADS, "pool_timeout": 10}
"""A connection for each request at least; one more for what a request notes beside its own transaction."""
IN_MEMORY: Final = {"sqlite://", "sqlite:///:memory:"}


def _database_url(instance: Path) -> str:
    """The database's address; PostgreSQL addresses are given the installed driver."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{instance / 'scheduler.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _secret_key(instance: Path) -> str:
    """The key that signs sessions: from the environment, else made once and kept readable by the owner alone."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    file = instance / "secret_key"
    if not file.exists():
        instance.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(48))
    return file.read_text()


@dataclass(frozen=True)
class Settings:
    """What differs between installations and between tests."""

    instance: Path = INSTANCE
    database_url: str = ""
    secret_key: str = ""
    rate_limits: bool = True
    secure_cookies: bool = field(default_factory=lambda: os.environ.get("SECURE_COOKIES") == "1")
    rate_limit_storage: str = field(default_factory=lambda: os.environ.get("RATE_LIMIT_STORAGE", "memory://"))
    proxies: int = field(default_factory=lambda: int(os.environ.get("PROXIES", "0")))
    """How many reverse proxies stand before the server, each of which adds itself to X-Forwarded-For and -Proto."""
    address: PublicAddress = field(default_factory=lambda: public_address_from(os.environ))
    """By which names it is asked for, and what it calls itself."""
    tiles: TileSource | None = field(default_factory=lambda: tile_source_from(os.environ))
    """Whose tiles lie behind the maps; None draws maps without."""

    def flask(self) -> dict[str, Any]:
        """The same settings under the names that Flask and its extensions read."""
        address = self.database_url or _database_url(self.instance)
        return {
            "SECRET_KEY": self.secret_key or _secret_key(self.instance),
            "SQLALCHEMY_DATABASE_URI": address,
            "SQLALCHEMY_ENGINE_OPTIONS": {} if address in IN_MEMORY else POOL,
            "MAX_CONTENT_LENGTH": MAXIMUM_REQUEST_BYTES,
            "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
            "MAX_FORM_PARTS": 5000,
            "PERMANENT_SESSION_LIFETIME": timedelta(hours=8),
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.secure_cookies,
            "WTF_CSRF_TIME_LIMIT": None,
            "BABEL_DEFAULT_LOCALE": "zh_CN",
            "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
            "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "scheduler" / "translations"),
            "RATELIMIT_ENABLED": self.rate_limits,
            "RATELIMIT_STORAGE_URI": self.rate_limit_storage,
            "RATELIMIT_HEADERS_ENABLED": True,
            "TILES": self.tiles,
        }
