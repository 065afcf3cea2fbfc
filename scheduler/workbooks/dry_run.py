"""Carries out the rows of an uploaded workbook: to see what would happen, or in earnest."""

from collections.abc import Callable, Mapping, Sequence
from statistics import mean
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from scheduler.core.blocks import BLOCK
from scheduler.core.extensions import db
from scheduler.models import Import, ImportRow, RowState, Unit
from scheduler.web.access import Scope
from scheduler.workbooks.blocks import blocks
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.registers import REGISTERS, sheets
from scheduler.workbooks.registers.network import COMMUNITIES
from scheduler.workbooks.rows import RowProposal, RowValidator, RowVerdict
from scheduler.workbooks.words import folded

ANNOUNCING = {register.entity: register.name for register in REGISTERS.values() if not register.in_term}

Watch = Callable[[int], None]


def unwatched(_done: int) -> None:
    """Nobody asks how far it is."""


class DryRun:
    """Rows judged block after block within one transaction.

    A row may refer to entries that other rows of the workbook announce, wherever those stand: they are made first. So
    any part of a workbook can be tried by itself and taken back. ``release`` says by position what is freed.
    """

    def __init__(self, imported: Import, scope: Scope, release: Mapping[int, list[str]] | None = None) -> None:
        self.imported, self.release = imported, release or {}
        self.names = Directory(scope, imported.term, self._announced, self._middle)
        brought = {register.entity for register in sheets(imported.register, imported.term)}
        self.names.prepare(ANNOUNCING.keys() & brought)
        self.verdicts: dict[int, RowVerdict] = {}
        self._judges: dict[str, RowValidator] = {}
        self._waiting: dict[str, dict[str, ImportRow | None]] = {}
        self._places: dict[str, list[tuple[float, float]]] | None = None
        self._taken = self._known_keys()

    def judge(self, rows: Sequence[ImportRow]) -> list[RowVerdict]:
        """What these rows of one sheet do, tried once however often they are asked for."""
        left = [row for row in rows if row.position not in self.verdicts]
        if left:
            judge = self._judge(left[0].sheet)
            read = [(row, self._read(judge, row)) for row in left]
            # what others of these rows refer to has been carried out while they were read
            waiting = [(row, proposal) for row, proposal in read if row.position not in self.verdicts]
            verdicts = judge.carry_out([proposal for _row, proposal in waiting])
            for (row, _proposal), verdict in zip(waiting, verdicts, strict=True):
                self.verdicts[row.position] = verdict
        return [self.verdicts[row.position] for row in rows]

    def judge_all(self, rows: Sequence[ImportRow], watch: Watch = unwatched) -> list[tuple[ImportRow, RowVerdict]]:
        """All of these, in order; ``watch`` is told again and again how many are done."""
        judged: list[tuple[ImportRow, RowVerdict]] = []
        for block in blocks(rows, BLOCK):
            watch(len(judged))
            judged += zip(block, self.judge(block), strict=True)
        return judged

    def _read(self, judge: RowValidator, row: ImportRow) -> RowProposal:
        keys = self._taken.setdefault(row.sheet, {})

        def taken(key: str) -> int | None:
            first = keys.setdefault(key, row.number)
            return first if first < row.number else None

        return judge.read(row.cells, taken, self.release.get(row.position, ()), row.troubles)

    def _judge(self, sheet: str) -> RowValidator:
        if sheet not in self._judges:
            self._judges[sheet] = RowValidator(REGISTERS[sheet], self.names)
        return self._judges[sheet]

    def _known_keys(self) -> dict[str, dict[str, int]]:
        """The first row of each sheet that means an entry, as far as rows were judged before."""
        keys: dict[str, dict[str, int]] = {}
        statement = (
            select(ImportRow.sheet, ImportRow.key, ImportRow.number)
            .where(ImportRow.import_id == self.imported.id, ImportRow.key != "", ImportRow.state != RowState.PENDING)
            .order_by(ImportRow.position)
        )
        for sheet, key, number in db.session.execute(statement):
            keys.setdefault(sheet, {}).setdefault(key, number)
        return keys

    def _announced(self, entity: str, text: str) -> str | None:
        """Make the entry of this name that the workbook announces; its key, or None when it announces none."""
        sheet = ANNOUNCING.get(entity)
        if sheet is None:
            return None
        spelled = folded(text)
        names = self._announcements(sheet)
        if spelled not in names:
            return None
        row = names[spelled]
        if row is None:
            return None
        (verdict,) = self.judge([row])
        if verdict.state is RowState.WRONG:
            message = _("“%(name)s” stands in row %(number)d of “%(sheet)s”, which has to be mended first.")
            raise ValueError(message % {"name": text[:60], "number": row.number, "sheet": REGISTERS[sheet].words})
        return str(verdict.target.id)

    def _middle(self, unit: Unit) -> tuple[float, float] | None:
        """The middle of the places written for a unit's communities, or else for all; None where none is written.

        Rows are tried part by part, and what other parts would bring is not there then.
        """
        if self._places is None:
            self._places = {}
            cells = select(ImportRow.cells).where(
                ImportRow.import_id == self.imported.id, ImportRow.sheet == COMMUNITIES.name
            )
            for written in db.session.scalars(cells):
                place = _place(written)
                if place is not None:
                    for name in (folded(written.get("unit", "")), ""):
                        self._places.setdefault(name, []).append(place)
        names = (folded(unit.code), folded(unit.name), "")
        places = next((self._places[name] for name in names if name in self._places), None)
        return None if places is None else (mean(place[0] for place in places), mean(place[1] for place in places))

    def _announcements(self, sheet: str) -> dict[str, ImportRow | None]:
        """The rows of a sheet by the names they announce; None where several announce the same."""
        if sheet not in self._waiting:
            announced: dict[str, ImportRow | None] = {}
            rows = db.session.scalars(
                select(ImportRow).where(ImportRow.import_id == self.imported.id, ImportRow.sheet == sheet)
            )
            for row in rows:
                for name in {folded(name) for name in REGISTERS[sheet].announces(row.cells) if name}:
                    announced[name] = None if name in announced else row
            self._waiting[sheet] = announced
        return self._waiting[sheet]


def _place(cells: Mapping[str, str]) -> tuple[float, float] | None:
    """The place that a row writes in plain degrees."""
    try:
        return float(cells.get("latitude", "")), float(cells.get("longitude", ""))
    except ValueError:
        return None


def plain(verdict: RowVerdict) -> dict[str, Any]:
    """The verdict as columns of its row."""
    return {
        "state": verdict.state,
        "title": verdict.title,
        "key": verdict.key,
        "target_id": None if verdict.target is None else verdict.target.id,
        "messages": [list(message) for message in verdict.messages],
        "warnings": list(verdict.warnings),
        "warned": bool(verdict.warnings),
        "slot": verdict.slot,
        "changes": [list(change) for change in verdict.changes],
        "before": verdict.before,
    }
