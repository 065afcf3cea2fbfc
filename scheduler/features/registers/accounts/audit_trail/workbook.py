"""The audit trail, as far as it was asked for, as a workbook."""

import io
from collections.abc import Iterator
from typing import Final

import xlsxwriter
from flask_babel import gettext as _, to_user_timezone
from sqlalchemy import Select

from scheduler.core.extensions import db
from scheduler.features.registers.accounts.audit_trail.titles import EntryTitles
from scheduler.models import AuditEntry
from scheduler.web.labels import label

MOST_ENTRIES: Final = 5_000
AT_ONCE: Final = 500


def trail_workbook(entries: Select[AuditEntry]) -> bytes:
    """One row for each changed value, the newest first, of at most MOST_ENTRIES entries."""
    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet, bold = book.add_worksheet(_("Audit trail")), book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        headings = (_("When"), _("Who"), _("Kind of change"), _("Entry"), _("Value"), _("Before"), _("After"))
        sheet.write_row(0, 0, headings, bold)
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 6, 24)
        sheet.freeze_panes(1, 0)
        number = 0
        for number, (at, *texts) in enumerate(_rows(entries), 1):
            sheet.write_datetime(number, 0, at, moment)
            for column, text in enumerate(texts, 1):
                sheet.write_string(number, column, text)
        sheet.autofilter(0, 0, max(number, 1), len(headings) - 1)
    return buffer.getvalue()


def _rows(entries: Select[AuditEntry]) -> Iterator[tuple[object, ...]]:
    asked = entries.limit(MOST_ENTRIES).execution_options(yield_per=AT_ONCE)
    for some in db.session.scalars(asked).partitions(AT_ONCE):
        titles = EntryTitles(some)
        for entry in some:
            about = (
                to_user_timezone(entry.at).replace(tzinfo=None), entry.user.name if entry.user else _("the system"),
                str(label(entry.action)), titles.of(entry),
            )
            for column, values in (entry.changes or {"": ["", ""]}).items():
                yield *about, column, *map(_text, values)


def _text(value: object) -> str:
    return "" if value is None else str(value)[:32_000]
