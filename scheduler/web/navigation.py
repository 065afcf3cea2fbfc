"""The menu on one screen: what each role finds there."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import g, request, url_for
from flask_babel import LazyString, lazy_gettext as _l
from flask_login import current_user

from scheduler.models import Role, User

COORDINATOR, MANAGER, ADMINISTRATOR = Role.COORDINATOR, Role.VENUE_MANAGER, Role.ADMINISTRATOR
TEACHER = Role.TEACHER


@dataclass(frozen=True)
class MenuEntry:
    """A menu entry: the endpoint it opens, its words, its icon and the roles that see it (none: everybody).

    ``also`` are addresses elsewhere whose pages belong to it too.
    """

    endpoint: str
    text: LazyString
    icon: str
    roles: frozenset[Role] = frozenset()
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class MenuItem:
    """An entry as the layout draws it."""

    label: str
    url: str
    icon: str
    current: bool
    count: int | None = None


PUBLIC_ENTRIES = (
    MenuEntry("portal.home", _l("Courses near me"), "map-pin"),
    MenuEntry("programmes.index", _l("Events"), "flag"),
)
HELP_ENTRY = MenuEntry("guides.index", _l("Help"), "circle-question-mark")
"""For visitors; who is signed in finds it beside their name, as their menu is long enough."""
DESK_ENTRIES = (
    MenuEntry("today.index", _l("Today"), "sun", frozenset({TEACHER, MANAGER, COORDINATOR, ADMINISTRATOR})),
    MenuEntry("bookings.inbox", _l("Requests"), "inbox", frozenset({MANAGER, ADMINISTRATOR})),
    MenuEntry("timetable.mine", _l("My weeks"), "calendar-days", frozenset({TEACHER, MANAGER})),
    MenuEntry("assignments.mine", _l("My assignments"), "user-check", frozenset({TEACHER})),
    MenuEntry("teachers.me", _l("My hours"), "clock", frozenset({TEACHER})),
    MenuEntry("terms.index", _l("Terms"), "calendar-range", frozenset({COORDINATOR, ADMINISTRATOR}), ("/desk/plans",)),
    MenuEntry(
        "venues.index", _l("Venues"), "building-2", frozenset({COORDINATOR, MANAGER, ADMINISTRATOR}),
        ("/desk/excel/venues", "/desk/excel/rooms", "/desk/excel/places"),
    ),
    MenuEntry(
        "teachers.index", _l("Teachers"), "users", frozenset({COORDINATOR, ADMINISTRATOR}), ("/desk/excel/teachers",)
    ),
    MenuEntry(
        "courses.index", _l("Courses"), "book-open", frozenset({COORDINATOR, ADMINISTRATOR}), ("/desk/excel/courses",)
    ),
    MenuEntry("network.index", _l("Network"), "network", frozenset({COORDINATOR, ADMINISTRATOR})),
    MenuEntry("accounts.index", _l("Users"), "key-round", frozenset({ADMINISTRATOR})),
    MenuEntry("accounts.trail", _l("Audit trail"), "history", frozenset({ADMINISTRATOR})),
)


COUNTS: dict[str, Callable[[], int]] = {}
"""By endpoint: how much waits there for the user. Features add theirs with ``counts``."""


def counts(endpoint: str) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Mark a function as the one that counts what waits behind a menu entry."""

    def remember(count: Callable[[], int]) -> Callable[[], int]:
        COUNTS[endpoint] = count
        return count

    return remember


def home_of(user: User) -> str:
    """Where a user starts after signing in: the first desk page that one of their roles opens."""
    return next((url_for(entry.endpoint) for entry in DESK_ENTRIES if entry.roles & user.roles), url_for("portal.home"))


def _item(entry: MenuEntry) -> MenuItem:
    count = COUNTS.get(entry.endpoint)
    return MenuItem(
        str(entry.text), url_for(entry.endpoint), entry.icon, _is_current(entry), count() if count else None
    )


def _is_current(entry: MenuEntry) -> bool:
    """Whether the page shown is the entry's or lies below one of its addresses; no page of the desk is the portal's."""
    endpoint = request.endpoint or ""
    if any(other.endpoint == endpoint for other in DESK_ENTRIES):
        return entry.endpoint == endpoint
    if entry in (*PUBLIC_ENTRIES, HELP_ENTRY):
        return entry.endpoint.partition(".")[0] == endpoint.partition(".")[0]
    path = g.get("belongs_to", request.path)
    return any(f"{path}/".startswith(f"{place}/") for place in (url_for(entry.endpoint), *entry.also))


def belongs_to(address: str) -> None:
    """Show the page of this request under the menu entry of another address."""
    g.belongs_to = address


def navigation() -> list[MenuItem]:
    """The entries that the visitor may use."""
    if not current_user.is_authenticated:
        return [_item(entry) for entry in (*PUBLIC_ENTRIES, HELP_ENTRY)]
    entries = (*DESK_ENTRIES, *PUBLIC_ENTRIES)
    return [_item(entry) for entry in entries if not entry.roles or entry.roles & current_user.roles]
