"""Takes back what a workbook has changed, as a whole or not at all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from scheduler.audit import changesets
from scheduler.audit.changesets import Obstacle
from scheduler.core.database import Base
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.models import ChangeEntry, Import, ImportRow, ImportStatus
from scheduler.web.access import Scope
from scheduler.workbooks import queries
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.registers import REGISTERS

SHOWN = 3


def undo(imported: Import, scope: Scope) -> int:
    """Bring back what was before; how many entries. Raises DomainError where that cannot be.

    The caller rolls back then.
    """
    changes = changesets.latest(imported)
    if imported.status is not ImportStatus.APPLIED or changes is None:
        raise DomainError(_("There is nothing to undo here."))
    rows = dict(zip(changes.entries, queries.changing(imported), strict=True))
    hidden = _hidden(imported, scope, rows.values())
    result = changesets.undo(changes, whole=True)
    changed = {blocked.entry for blocked in result.blocked if blocked.obstacle in (Obstacle.CHANGED, Obstacle.GONE)}
    _refuse_changed([entry for entry in reversed(changes.entries) if entry in changed or rows[entry].id in hidden])
    if result.blocked:
        raise _refusal(result.blocked[0].entry)
    for entry, restored in zip(result.restored, result.rows, strict=True):
        _follow(entry, rows[entry], restored)
    imported.status = ImportStatus.UNDONE
    db.session.flush()
    return len(rows)


def _hidden(imported: Import, scope: Scope, rows: Iterable[ImportRow]) -> set[int]:
    """Rows whose entries the user may no longer change, or which have left the lists."""
    names = Directory(scope, imported.term, lambda _kind, _text: None)
    by_sheet: defaultdict[str, list[ImportRow]] = defaultdict(list)
    for row in rows:
        by_sheet[row.sheet].append(row)
    hidden: set[int] = set()
    for sheet, of_sheet in by_sheet.items():
        entries = REGISTERS[sheet].rows(names).order_by(None).subquery()
        visible = set(db.session.scalars(select(entries.c.id)))
        hidden |= {row.id for row in of_sheet if row.target_id not in visible}
    return hidden


def _refuse_changed(entries: Sequence[ChangeEntry]) -> None:
    if entries:
        raise DomainError(
            _(
                "Since then somebody has changed %(names)s, so the workbook cannot be undone as a whole. "
                "Nothing was changed.",
                names=_(", ").join(entry.title for entry in entries[:SHOWN]) + (" …" if len(entries) > SHOWN else ""),
            )
        )


def _follow(entry: ChangeEntry, row: ImportRow, restored: Base | None) -> None:
    """What was put back has to be such as might be saved, and others follow it."""
    if entry.before is None:
        return
    register = REGISTERS[row.sheet]
    form = register.filled(row.before)  # type: ignore[arg-type] # JSON gives back what was put in
    if not form.validate():
        raise _unlike_before(entry)
    register.check(restored, form)
    register.follow(restored, entry.after or {}, entry.before)


def _refusal(entry: ChangeEntry) -> DomainError:
    """An entry that the workbook made stays where something refers to it by now, and with it all others."""
    if entry.before is not None:
        return _unlike_before(entry)
    return DomainError(
        _(
            "“%(name)s” is used elsewhere by now, for example in a plan, so the workbook cannot be undone as a "
            "whole. Nothing was changed.",
            name=entry.title,
        )
    )


def _unlike_before(entry: ChangeEntry) -> DomainError:
    return DomainError(_("“%(name)s” cannot be brought back as it was. Nothing was changed.", name=entry.title))
