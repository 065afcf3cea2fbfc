"""Where the tiles behind maps come from, if from anywhere: a setting of the installation, checked when it starts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

PLACEHOLDERS = ("{z}", "{x}", "{y}")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
HOST = re.compile(r"[a-z0-9.-]+(:\d+)?|\[::1\](:\d+)?")
"""A host that may stand in a content security policy as it is."""


class SettingsError(ValueError):
    """A setting that cannot be used; says so in one line."""


@dataclass(frozen=True)
class TileSource:
    """Tiles in Web Mercator over WGS-84: ``url`` has {z}, {x} and {y} in it, ``attribution`` stands below each map.

    Raises SettingsError for what cannot be used.
    """

    url: str
    attribution: str
    attribution_url: str = ""

    def __post_init__(self) -> None:
        """Refuse what would show no tiles, or show them without saying whose they are."""
        parts = _web_address("TILE_URL", self.url)
        if not HOST.fullmatch(parts.netloc):
            raise SettingsError(f"TILE_URL needs a plain host name without user or placeholders, not “{parts.netloc}”.")
        if sorted(re.findall(r"\{.*?\}|[{}]", self.url)) != sorted(PLACEHOLDERS):
            raise SettingsError(
                "TILE_URL needs each of {z}, {x} and {y} once and no other braces, "
                f"such as https://tiles.example.org/{{z}}/{{x}}/{{y}}.png, not “{self.url}”."
            )
        if not self.attribution:
            raise SettingsError("TILE_ATTRIBUTION is missing: say whose map the tiles of TILE_URL are.")
        if self.attribution_url:
            _web_address("TILE_ATTRIBUTION_URL", self.attribution_url)

    @property
    def origin(self) -> str:
        """Scheme and host, as a content security policy names them."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def address(self, zoom: int, column: int, row: int) -> str:
        """The address of one tile; rows count from the north."""
        numbers = zip(PLACEHOLDERS, (zoom, column, row), strict=True)
        address = self.url
        for placeholder, number in numbers:
            address = address.replace(placeholder, str(number))
        return address


def tile_source_from(environment: Mapping[str, str]) -> TileSource | None:
    """What TILE_URL, TILE_ATTRIBUTION and TILE_ATTRIBUTION_URL say; None without TILE_URL."""
    names = ("TILE_URL", "TILE_ATTRIBUTION", "TILE_ATTRIBUTION_URL")
    url, attribution, attribution_url = (environment.get(name, "").strip() for name in names)
    return TileSource(url, attribution, attribution_url) if url else None


def _web_address(name: str, address: str) -> SplitResult:
    """The parts of an address that browsers may be sent to: https, or http on this machine."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    except ValueError:
        usable = False
    if not usable or not parts.hostname or re.search(r"\s", address):
        raise SettingsError(f"{name} has to be an address that begins with https://, not “{address}”.")
    return parts
