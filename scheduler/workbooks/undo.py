"""Takes back what a workbook has changed, as a whole or not at all."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from scheduler.access import Scope
from scheduler.errors import DomainError
from scheduler.extensions import db
from scheduler.models import Import, ImportRow, ImportStatus, PlaceSource
from scheduler.workbooks import queries
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.registers import REGISTERS
from scheduler.workbooks.rows import Judge

SHOWN = 3


def undo(imported: Import, scope: Scope) -> int:
    """Bring back what was before; how many entries. DomainError, and nothing is changed, where that cannot be."""
    if imported.status is not ImportStatus.APPLIED:
        raise DomainError(_("There is nothing to undo here."))
    rows = queries.changing(imported, backwards=True)
    names = Directory(scope, imported.term, lambda _kind, _text: None)
    judges = {sheet: Judge(REGISTERS[sheet], names) for sheet in {row.sheet for row in rows}}
    _refuse_changed([row for row in rows if _changed_since(row, judges[row.sheet])])
    for row in rows:
        _take_back(row, judges[row.sheet])
    imported.status = ImportStatus.UNDONE
    db.session.flush()
    return len(rows)


def _changed_since(row: ImportRow, judge: Judge) -> bool:
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


def _take_back(row: ImportRow, judge: Judge) -> None:
    entry = judge.entries[row.target_id or 0]
    if row.before is None:
        _remove(row, entry)
        return
    form = judge.register.filled(row.before)  # type: ignore[arg-type] # JSON gives back what was put in
    if not form.validate():
        raise DomainError(_("“%(name)s” cannot be brought back as it was. Nothing was changed.", name=row.title))
    judge.register.save(judge.names, entry, form)
    for mark, value in row.marks.items():
        setattr(entry, mark, PlaceSource(str(value)) if mark == "place_source" else value)
    db.session.flush()


def _remove(row: ImportRow, entry: Any) -> None:
    """An entry that the workbook made goes, unless something refers to it by now."""
    db.session.delete(entry)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise DomainError(
            _(
                "“%(name)s” is used elsewhere by now, for example in a plan, so the workbook cannot be undone as a "
                "whole. Nothing was changed.",
                name=row.title,
            )
        ) from error
