"""Takes back what a workbook has changed, as a whole or not at all."""

from collections.abc import Sequence
from functools import partial

from flask_babel import gettext as _

from scheduler.core.blocks import BLOCK, Refusal, carry_out
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.models import Import, ImportRow, ImportStatus, PlaceSource
from scheduler.web.access import Scope
from scheduler.workbooks import queries
from scheduler.workbooks.blocks import blocks
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.registers import REGISTERS
from scheduler.workbooks.rows import RowValidator

SHOWN = 3


def undo(imported: Import, scope: Scope) -> int:
    """Bring back what was before; how many entries. DomainError, and nothing is changed, where that cannot be."""
    if imported.status is not ImportStatus.APPLIED:
        raise DomainError(_("There is nothing to undo here."))
    rows = queries.changing(imported, backwards=True)
    names = Directory(scope, imported.term, lambda _kind, _text: None)
    judges = {sheet: RowValidator(REGISTERS[sheet], names) for sheet in {row.sheet for row in rows}}
    _refuse_changed([row for row in rows if _changed_since(row, judges[row.sheet])])
    for block in blocks(rows, BLOCK):
        judge = judges[block[0].sheet]
        carry_out(block, partial(_take_back, judge), _refuse)
    imported.status = ImportStatus.UNDONE
    db.session.flush()
    return len(rows)


def _changed_since(row: ImportRow, judge: RowValidator) -> bool:
    entry = judge.entries.get(row.target_id or 0)
    return entry is None or judge.register.values_of(entry) != row.after


def _refuse_changed(rows: Sequence[ImportRow]) -> None:
    if rows:
        raise DomainError(
            _(
                "Since then somebody has changed %(names)s, so the workbook cannot be undone as a whole. "
                "Nothing was changed.",
                names=_(", ").join(row.title for row in rows[:SHOWN]) + (" …" if len(rows) > SHOWN else ""),
            )
        )


def _take_back(judge: RowValidator, row: ImportRow) -> None:
    entry = judge.entries[row.target_id or 0]
    if row.before is None:
        db.session.delete(entry)
        return
    form = judge.register.filled(row.before)  # type: ignore[arg-type] # JSON gives back what was put in
    if not form.validate():
        raise _unlike_before(row)
    judge.register.save(judge.names, entry, form)
    for mark, value in row.marks.items():
        setattr(entry, mark, PlaceSource(str(value)) if mark == "place_source" else value)


def _refuse(row: ImportRow, error: Refusal) -> None:
    """An entry that the workbook made stays where something refers to it by now, and with it all others."""
    if isinstance(error, DomainError):
        raise error
    if row.before is not None:
        raise _unlike_before(row) from error
    raise DomainError(
        _(
            "“%(name)s” is used elsewhere by now, for example in a plan, so the workbook cannot be undone as a "
            "whole. Nothing was changed.",
            name=row.title,
        )
    ) from error


def _unlike_before(row: ImportRow) -> DomainError:
    return DomainError(_("“%(name)s” cannot be brought back as it was. Nothing was changed.", name=row.title))
