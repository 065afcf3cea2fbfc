"""The columns of a plan's workbook."""

from collections.abc import Collection
from datetime import date

from flask_babel import format_date, gettext as _

from scheduler.features.planning.statistics.plan_workbook.held_sessions import Month
from scheduler.features.planning.statistics.plan_workbook.writing import CellKind, SheetColumn


def of_sections() -> list[SheetColumn]:
    """One row for each section; ``fees`` are what the whole section costs as planned."""
    return [
        SheetColumn("section", _("Section"), width=26),
        SheetColumn("course", _("Course"), width=20),
        SheetColumn("unit", _("Unit")),
        SheetColumn("venue", _("Venue"), width=22),
        SheetColumn("room", _("Room")),
        SheetColumn("teacher", _("Teacher")),
        SheetColumn("hours", _("Weekly hours"), width=24),
        SheetColumn("week", _("First week"), CellKind.WHOLE, 8),
        SheetColumn("first", _("First date"), CellKind.DATE, 12),
        SheetColumn("last", _("Last date"), CellKind.DATE, 12),
        SheetColumn("sessions", _("Sessions"), CellKind.WHOLE, 9, summed=True),
        SheetColumn("learners", _("Learners"), CellKind.WHOLE, 9, summed=True),
        SheetColumn("seats", _("Seats"), CellKind.WHOLE, 8),
        SheetColumn("fee", _("Teacher's fee for a session (yuan)"), CellKind.YUAN, 13),
        SheetColumn("rent", _("Room's fee for a session (yuan)"), CellKind.YUAN, 13),
        SheetColumn("fees", _("Fees as planned (yuan)"), CellKind.YUAN, 12, True, "{sessions}*({fee}+{rent})"),
        SheetColumn("state", _("State"), width=18),
    ]


def of_sessions() -> list[SheetColumn]:
    """One row for each dated session; fees are those that are due for it."""
    return [
        SheetColumn("section", _("Section"), width=26),
        SheetColumn("course", _("Course"), width=20),
        SheetColumn("unit", _("Unit")),
        SheetColumn("number", _("Session"), CellKind.WHOLE, 8),
        SheetColumn("date", _("Date"), CellKind.DATE, 12),
        SheetColumn("weekday", _("Weekday"), width=10),
        SheetColumn("start", _("Start"), CellKind.TIME, 8),
        SheetColumn("end", _("End"), CellKind.TIME, 8),
        SheetColumn("venue", _("Venue"), width=22),
        SheetColumn("room", _("Room")),
        SheetColumn("teacher", _("Teacher")),
        SheetColumn("fee", _("Teacher's fee (yuan)"), CellKind.YUAN, 11, summed=True),
        SheetColumn("rent", _("Room's fee (yuan)"), CellKind.YUAN, 11, summed=True),
        SheetColumn("answer", _("Answer of the venue"), width=14),
        SheetColumn("note", _("Differs from the plan"), width=30),
    ]


def of_payees(name: str, fees: str, months: Collection[Month]) -> list[SheetColumn]:
    """One row for each teacher or venue, with what is due in all and month by month."""
    columns = [
        SheetColumn("name", name, width=24),
        SheetColumn("unit", _("Unit")),
        SheetColumn("sections", _("Sections"), CellKind.WHOLE, 9),
        *_sums("all", "", fees, months),
    ]
    for month in months:
        columns += _sums(_key(month), format_date(date(*month, 1), "yyyy-MM") + " ", fees, ())
    return columns


def _sums(key: str, before: str, fees: str, months: Collection[Month]) -> list[SheetColumn]:
    """Sessions, hours and fees; those of the whole term are the sum of the months."""
    parts = [
        ("sessions", _("Sessions"), CellKind.WHOLE), ("hours", _("Hours"), CellKind.HOURS),
        ("fees", fees, CellKind.YUAN),
    ]
    return [
        SheetColumn(
            f"{key}_{part}", before + words, kind, 11, True,
            "+".join(f"{{{_key(month)}_{part}}}" for month in months),
        )
        for part, words, kind in parts
    ]


def _key(month: Month) -> str:
    return f"m{month[0]}_{month[1]}"


def of_units() -> list[SheetColumn]:
    """One row for each unit, in the order of the tree; what lies below a unit counts where it says so."""
    return [
        SheetColumn("unit", _("Unit"), width=24),
        SheetColumn("sections", _("Sections"), CellKind.WHOLE, 10, summed=True),
        SheetColumn("unplaced", _("Not placed"), CellKind.WHOLE, 10, summed=True),
        SheetColumn("sessions", _("Sessions held"), CellKind.WHOLE, 10, summed=True),
        SheetColumn("learners", _("Learners"), CellKind.WHOLE, 10, summed=True),
        SheetColumn("teachers", _("Teachers' fees as planned (yuan)"), CellKind.YUAN, 14, summed=True),
        SheetColumn("rooms", _("Rooms' fees as planned (yuan)"), CellKind.YUAN, 14, summed=True),
        SheetColumn("fees", _("Fees as planned (yuan)"), CellKind.YUAN, 14, True, "{teachers}+{rooms}"),
        SheetColumn("used", _("Fees with all units below (yuan)"), CellKind.YUAN, 16),
        SheetColumn("limit", _("Budget (yuan)"), CellKind.YUAN, 14),
        SheetColumn("left", _("Budget left (yuan)"), CellKind.YUAN, 14, False, "{limit}-{used}"),
    ]
