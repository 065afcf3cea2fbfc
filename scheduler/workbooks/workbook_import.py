"""Takes a workbook over at the command line: looked through, and carried out only where every row is sound."""

from collections.abc import Callable, Sequence
from pathlib import Path

from flask_babel import force_locale
from sqlalchemy import select

from scheduler.audit.trail import acting_as
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.models import Import, ImportRow, ImportStatus, Role, RowState, User
from scheduler.web.access import scope_of
from scheduler.workbooks import operations, queries
from scheduler.workbooks.registers import REGISTERS, sheets

MAX_SENTENCES = 50


class ImportRefusedError(Exception):
    """Nothing was changed; why, in sentences."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


def import_file(name: str, file: Path, username: str, say: Callable[[str], object]) -> queries.Counts:
    """Take the workbook of this name over as this user; how many rows did what.

    Raises ImportRefusedError where the user, the name or the file is not known or a row has to be mended.
    """
    user = db.session.scalar(select(User).where(User.username == username, User.active))
    if user is None:
        raise ImportRefusedError([f"There is no user {username}."])
    try:
        with acting_as(user.id), force_locale("en"):
            return _import(name, file, user, say)
    except DomainError as error:
        db.session.rollback()
        raise ImportRefusedError([str(error)]) from error


def _import(name: str, file: Path, user: User, say: Callable[[str], object]) -> queries.Counts:
    scope = scope_of(user, Role.COORDINATOR)
    imported = operations.upload(file.read_bytes(), file.name, sheets(name, None), name, None, user.id)
    db.session.commit()
    while imported.status is ImportStatus.CHECKING:
        operations.check(imported, scope)
        db.session.commit()
        counts = queries.counts(imported)
        say(f"{counts.total - counts.pending} of {counts.total} rows are looked through.")
    counts = queries.counts(imported)
    if counts.wrong:
        raise ImportRefusedError(_mistakes(imported))
    if counts.changing:
        operations.take_over(imported, scope, release=False)
        db.session.commit()
    return counts


def _mistakes(imported: Import) -> list[str]:
    """What is wrong with the first rows that have to be mended."""
    rows = db.session.scalars(
        select(ImportRow).where(ImportRow.import_id == imported.id, ImportRow.state == RowState.WRONG)
        .order_by(ImportRow.position).limit(MAX_SENTENCES)
    )
    return [
        f"{REGISTERS[row.sheet].words} {row.number}: " + " ".join(message for _field, message in row.messages)
        for row in rows
    ]
