"""Uploads workbooks, checks them part by part, and takes them over as a whole."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _, ngettext
from sqlalchemy import delete, update

from scheduler.audit.changesets import ChangeLog, forget_orphans
from scheduler.core.database import now
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.models import ChangeSetKind, HeadingChoice, Import, ImportFile, ImportRow, ImportStatus, RowState, Term
from scheduler.web.access import Scope
from scheduler.workbooks import queries
from scheduler.workbooks.clashes import warn_of_clashes
from scheduler.workbooks.dry_run import DryRun, Watch, plain, unwatched
from scheduler.workbooks.register import WorkbookRegister
from scheduler.workbooks.registers import REGISTERS
from scheduler.workbooks.rows import RowVerdict
from scheduler.workbooks.uploads.reading import ReadWorkbook, read
from scheduler.workbooks.words import folded

CHUNK = 1000
"""Rows that one request checks: some seconds, so that progress is seen and nobody waits long for the database.

Each request reads the whole register anew, which is why there are not more of them.
"""
KEPT_UNUSED, KEPT_APPLIED = timedelta(days=7), timedelta(days=60)
COMPARED = ("state", "target_id", "before", "messages")


class _StaleError(Exception):
    """Somebody has changed an entry since the preview."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


def upload(
    content: bytes, filename: str, registers: Sequence[WorkbookRegister], name: str, term: Term | None, user_id: int
) -> Import:
    """Keep the rows of a file to be checked; what others have left lying goes."""
    book = read(content, filename, registers, queries.heading_choices(user_id))
    db.session.execute(delete(Import).where(Import.expires_at < now()))
    forget_orphans(Import)
    imported = Import(
        user_id=user_id, term=term, register=name, filename=filename[-200:], expires_at=now() + KEPT_UNUSED
    )
    db.session.add(imported)
    db.session.flush()
    _keep(imported, book, content)
    return imported


def _keep(imported: Import, book: ReadWorkbook, content: bytes) -> None:
    """Write down what was read, in the place of what was read before."""
    facts = {
        "notes": [note.plain for note in book.notes], "headings": [entry.plain for entry in book.unknown],
        "tables": book.tables, "content": content,
    }
    db.session.merge(ImportFile(import_id=imported.id, **facts))
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == imported.id))
    rows = [
        {
            "import_id": imported.id, "position": position, "sheet": line.register.name, "number": line.number,
            "cells": line.cells, "troubles": line.troubles,
        }
        for position, line in enumerate(book.lines)
    ]
    if rows:
        db.session.execute(db.insert(ImportRow), rows)
    imported.status, imported.stale = ImportStatus.CHECKING, ""
    db.session.flush()


def read_again(imported: Import, registers: Sequence[WorkbookRegister], chosen: Mapping[int, str]) -> Import:
    """Read the file anew with what was chosen for its unknown headings, by their place in the list; remember that.

    DomainError where the file is gone or a column is chosen twice.
    """
    file = queries.file_of(imported)
    if file is None or not queries.is_open(imported):
        raise DomainError(_("This workbook cannot be read again. Upload it once more."))
    for number, heading in enumerate(file.headings):
        if number in chosen:
            key = {"register": heading["register"], "heading": folded(heading["text"])}
            db.session.merge(HeadingChoice(user_id=imported.user_id, **key, field=chosen[number]))
    db.session.flush()
    book = read(file.content, imported.filename, registers, queries.heading_choices(imported.user_id))
    _keep(imported, book, file.content)
    return imported


def check(imported: Import, scope: Scope) -> None:
    """Try the next rows and write down what they would do; at the end look for what is pinned twice."""
    rows = queries.pending(imported, CHUNK)
    if rows:
        _write(_tried(imported, scope, rows))
    if len(rows) < CHUNK:
        warn_of_clashes(imported)
        imported.status = ImportStatus.CHECKED
    db.session.flush()


def _tried(imported: Import, scope: Scope, rows: Sequence[ImportRow]) -> list[dict[str, Any]]:
    """What the rows would do; they are carried out and taken back again."""
    savepoint = db.session.begin_nested()
    try:
        return [{"id": row.id, **plain(verdict)} for row, verdict in DryRun(imported, scope).judge_all(rows)]
    finally:
        savepoint.rollback()


def _write(verdicts: list[dict[str, Any]]) -> None:
    db.session.execute(update(ImportRow), verdicts)


def take_over(imported: Import, scope: Scope, release: bool, watch: Watch = unwatched) -> int:
    """Take the whole workbook over; how many entries changed. DomainError where it is not fit for that.

    Where somebody has changed entries since the preview nothing is changed (0), and the workbook is checked again.
    ``release`` leaves out pinned rooms and teachers that an earlier row holds, so that planning finds others. ``watch``
    is told how many rows are done; what it raises ends it, and nothing is changed.
    """
    refuse_unfit(imported)
    try:
        with db.session.begin_nested():
            return _apply(imported, scope, release, watch)
    except _StaleError as stale:
        _check_again(imported, stale.title)
        return 0


def _apply(imported: Import, scope: Scope, release: bool, watch: Watch) -> int:
    rows = queries.changing(imported)
    seen = {row.id: {name: getattr(row, name) for name in COMPARED} for row in rows}
    freed = queries.clashing(imported) if release else {}
    judged = DryRun(imported, scope, freed).judge_all(rows, watch)
    verdicts = [{"id": row.id, **plain(verdict)} for row, verdict in judged]
    for row, verdict in zip(rows, verdicts, strict=True):
        if _differs(seen[row.id], verdict):
            raise _StaleError(row.title)
    _write([{"id": verdict["id"], "target_id": verdict["target_id"]} for verdict in verdicts])
    _note(imported, judged)
    db.session.execute(delete(ImportFile).where(ImportFile.import_id == imported.id))
    imported.status, imported.expires_at = ImportStatus.APPLIED, now() + KEPT_APPLIED
    db.session.flush()
    return len(rows)


def _note(imported: Import, judged: Sequence[tuple[ImportRow, RowVerdict]]) -> None:
    """Write down how each entry stood and stands, so that all of it can be taken back."""
    log = ChangeLog(ChangeSetKind.WORKBOOK_TAKEN_OVER, imported, imported.term_id)
    for row, verdict in judged:
        register = REGISTERS[row.sheet]
        key, state = register.codec.key_of(verdict.target), register.codec.read(verdict.target, register.parts)
        log.add(register.codec, key, verdict.stood, state, verdict.title)
    log.close()


def _differs(seen: dict[str, Any], verdict: dict[str, Any]) -> bool:
    """Whether the row does now something else than what the user has seen; a new entry has a new number each time."""
    names = COMPARED if seen["before"] is not None else ("state", "messages")
    return any(seen[name] != verdict[name] for name in names)


def refuse_unfit(imported: Import) -> None:
    """DomainError where a workbook cannot be taken over."""
    counts = queries.counts(imported)
    if imported.status is not ImportStatus.CHECKED:
        raise DomainError(_("This workbook cannot be taken over any more, or not yet. Upload it again."))
    if counts.wrong:
        message = ngettext(
            "%(num)s row has to be mended first. Nothing was changed.",
            "%(num)s rows have to be mended first. Nothing was changed.",
            counts.wrong,
        )
        raise DomainError(message)
    if not counts.changing:
        raise DomainError(_("This workbook changes nothing."))


def _check_again(imported: Import, stale: str) -> None:
    """Forget what was found, so that every row is tried anew."""
    db.session.execute(
        update(ImportRow)
        .where(ImportRow.import_id == imported.id)
        .values(state=RowState.PENDING, key="", warned=False, warnings=[], messages=[])
        .values(clashes=[], clashing=False, slot=None)
    )
    imported.status, imported.stale = ImportStatus.CHECKING, stale
    db.session.flush()


def discard(imported: Import) -> None:
    """Forget a workbook that was not taken over."""
    if not queries.is_open(imported):
        raise DomainError(_("A workbook that was taken over stays in the list for a while, so that it can be undone."))
    db.session.delete(imported)
    db.session.flush()
