"""Reads uploaded workbooks and their rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, case, func, or_, select
from werkzeug.datastructures import MultiDict

from scheduler.core.extensions import db
from scheduler.domain.term_scope import term_around
from scheduler.models import HeadingChoice, Import, ImportFile, ImportRow, ImportStatus, RowState, Term
from scheduler.web.access import Scope
from scheduler.web.text_search import contains

CHANGING = (RowState.NEW, RowState.CHANGED)
ORDER = {state: number for number, state in enumerate(RowState)}
MAX_IMPORTS_SHOWN = 8


@dataclass(frozen=True)
class Counts:
    """Rows of a workbook by what they do."""

    by_state: dict[RowState, int]
    warned: int
    clashing: int

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.by_state.values())

    @property
    def pending(self) -> int:
        """Rows not yet checked."""
        return self.of(RowState.PENDING)

    @property
    def wrong(self) -> int:
        """Rows to be mended."""
        return self.of(RowState.WRONG)

    @property
    def changing(self) -> int:
        """Rows that would change something."""
        return sum(self.of(state) for state in CHANGING)

    @property
    def percent(self) -> int:
        """How much is checked."""
        return 100 * (self.total - self.pending) // max(1, self.total)

    def of(self, state: RowState) -> int:
        """Rows in this state."""
        return self.by_state.get(state, 0)


@dataclass(frozen=True)
class PreviewFilters:
    """What a preview is narrowed to: one state, or the rows with warnings, and words in the entry's name."""

    state: RowState | None = None
    warned: bool = False
    search: str = ""


def term_of(scope: Scope, term_id: int | None) -> Term | None:
    """The term of an address, or 404 when it is not the user's."""
    return None if term_id is None else term_around(scope, term_id)


def import_of(user_id: int, import_id: int) -> Import:
    """A workbook that this user has uploaded, or 404."""
    return db.one_or_404(select(Import).where(Import.id == import_id, Import.user_id == user_id))


def recent(user_id: int, name: str, term: Term | None) -> Sequence[Import]:
    """What the user has uploaded here before, the latest first."""
    same_term = Import.term_id.is_(None) if term is None else Import.term_id == term.id
    statement = select(Import).where(Import.user_id == user_id, Import.register == name, same_term)
    return db.session.scalars(statement.order_by(Import.id.desc()).limit(MAX_IMPORTS_SHOWN)).all()


def file_of(imported: Import) -> ImportFile | None:
    """The file of a workbook with what was passed over in it; None once it was taken over."""
    return db.session.get(ImportFile, imported.id)


def heading_choices(user_id: int) -> dict[tuple[str, str], str]:
    """What a user has chosen for unknown headings: a field or nothing, by register and heading."""
    choices = db.session.scalars(select(HeadingChoice).where(HeadingChoice.user_id == user_id))
    return {(choice.register, choice.heading): choice.field for choice in choices}


def counts(imported: Import) -> Counts:
    """Rows counted."""
    of_import = ImportRow.import_id == imported.id
    states = db.session.execute(select(ImportRow.state, func.count()).where(of_import).group_by(ImportRow.state))
    warned = select(func.count()).select_from(ImportRow).where(of_import, ImportRow.warned)
    clashing = warned.where(ImportRow.clashing)
    return Counts(
        dict(states.all()), db.session.scalar(warned) or 0, db.session.scalar(clashing) or 0
    )


def filters_of(arguments: MultiDict[str, str]) -> PreviewFilters:
    """The filter that an address asks for."""
    state = arguments.get("state", type=RowState)
    return PreviewFilters(state, arguments.get("warned") == "1", arguments.get("q", "").strip()[:100])


def rows(imported: Import, filters: PreviewFilters) -> Select[ImportRow]:
    """The rows that are wanted: those to be mended first, then what is new, changed and unchanged."""
    order = case(ORDER, value=ImportRow.state)
    statement = select(ImportRow).where(ImportRow.import_id == imported.id).order_by(order, ImportRow.position)
    if filters.state is not None:
        statement = statement.where(ImportRow.state == filters.state)
    if filters.warned:
        statement = statement.where(ImportRow.warned)
    if filters.search:
        statement = statement.where(contains(filters.search, ImportRow.title))
    return statement


def pending(imported: Import, most: int) -> list[ImportRow]:
    """The next rows to be checked."""
    statement = select(ImportRow).where(ImportRow.import_id == imported.id, ImportRow.state == RowState.PENDING)
    return list(db.session.scalars(statement.order_by(ImportRow.position).limit(most)))


def changing(imported: Import, backwards: bool = False) -> list[ImportRow]:
    """The rows that change something, in the order of the workbook or backwards."""
    order = ImportRow.position.desc() if backwards else ImportRow.position
    statement = select(ImportRow).where(ImportRow.import_id == imported.id, ImportRow.state.in_(CHANGING))
    return list(db.session.scalars(statement.order_by(order)))


def marked(imported: Import) -> list[ImportRow]:
    """The rows that are to be mended or that a warning is about, in the order of the workbook."""
    noted = or_(ImportRow.state == RowState.WRONG, ImportRow.warned)
    statement = select(ImportRow).where(ImportRow.import_id == imported.id, noted)
    return list(db.session.scalars(statement.order_by(ImportRow.position)))


def clashing(imported: Import) -> dict[int, list[str]]:
    """Columns whose pins an earlier row holds, by the row's position."""
    statement = select(ImportRow).where(ImportRow.import_id == imported.id, ImportRow.clashing)
    return {row.position: row.clashes for row in db.session.scalars(statement)}


def is_open(imported: Import) -> bool:
    """Whether it can still be taken over."""
    return imported.status in {ImportStatus.CHECKING, ImportStatus.CHECKED}
