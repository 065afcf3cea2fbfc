"""The names by which this installation is known, the first of which is written into feeds, pages and posters."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scheduler.maps.tile_source import LOOPBACK, SettingsError

NAME: Final = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\]")
"""A host as requests name it, without its port: letters of other scripts come as xn--…"""
BEGINNING: Final = re.compile(r"https?://[^/?#@\s]+")


@dataclass(frozen=True)
class PublicAddress:
    """Scheme and host that people open, "" where that is not known, and further names that are answered.

    Raises SettingsError for what cannot be used. This machine's own names are always answered.
    """

    url: str = ""
    more_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse whatever is more than a host, or none."""
        if self.url and not BEGINNING.fullmatch(self.url):
            raise SettingsError(
                f"PUBLIC_URL has to be scheme and host alone, such as https://learn.example.org, not “{self.url}”."
            )
        for name in self._names():
            if not NAME.fullmatch(name):
                raise SettingsError(f"PUBLIC_URL and TRUSTED_HOSTS need plain host names, not “{name}”.")

    def _names(self) -> tuple[str, ...]:
        return (*((name_of(self.url.partition("://")[2]),) if self.url else ()), *self.more_names)

    def knows(self, host: str) -> bool:
        """Whether the host of a request, with its port or without, is one of ours."""
        name = name_of(host)
        return bool(NAME.fullmatch(name)) and name.strip("[]") in {
            *LOOPBACK, *(known.strip("[]") for known in self._names())
        }

    @property
    def host(self) -> str:
        """Host and port to speak of where a request names none of ours."""
        return self.url.partition("://")[2] or "localhost"


def name_of(host: str) -> str:
    """A host without its port, in small letters."""
    return re.sub(r":\d{1,5}$", "", host.lower()) if not host.endswith("]") else host.lower()


def public_address_from(environment: Mapping[str, str]) -> PublicAddress:
    """What PUBLIC_URL and TRUSTED_HOSTS say, the latter with commas between names."""
    more = [name.strip().lower() for name in environment.get("TRUSTED_HOSTS", "").split(",")]
    return PublicAddress(environment.get("PUBLIC_URL", "").strip().rstrip("/").lower(), tuple(filter(None, more)))
