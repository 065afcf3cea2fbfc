"""One row of a sheet: its cells become values, the register's form judges them, its operation carries them out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _

from scheduler.audit.states.codec import State
from scheduler.core.blocks import Refusal, carry_out
from scheduler.core.errors import DomainError, domain_error
from scheduler.core.extensions import db
from scheduler.models import RowState
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.kinds import ChoiceKind
from scheduler.workbooks.register import NUMBER, NUMBER_WORDS, RegisterColumn, Values, WorkbookRegister
from scheduler.workbooks.suggestions import Suggestions, did_you_mean
from scheduler.workbooks.uploads.notes import trouble
from scheduler.workbooks.words import folded

Message = tuple[str, str]
Change = tuple[str, str, str]
NO_TROUBLES: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True)
class RowVerdict:
    """What a row would do: ``messages`` are (field, sentence), ``changes`` (field, text before, text after).

    Of a new entry, before which there was nothing, ``changes`` are the cells that are read as something else than what
    stands in them.
    """

    state: RowState
    title: str = ""
    key: str = ""
    target: Any = None
    messages: tuple[Message, ...] = ()
    warnings: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    before: Values | None = None
    after: Values | None = None
    slot: dict[str, object] | None = None
    stood: State | None = None

    def refused(self, *messages: Message) -> "RowVerdict":
        """The same row, to be mended."""
        return replace(self, state=RowState.WRONG, messages=(*self.messages, *messages))


@dataclass(frozen=True)
class RowProposal:
    """A row that was read; with the form that is to be carried out, unless nothing is to be done."""

    verdict: RowVerdict
    form: Any = None
    read_otherwise: tuple[Change, ...] = ()


class RowValidator:
    """Judges and carries out the rows of one register."""

    def __init__(self, register: WorkbookRegister, names: Directory) -> None:
        self.register, self.names = register, names
        self.blank = register.blank()
        self.entries: dict[int, Any] = {row.id: row for row in db.session.scalars(register.rows(names)).unique()}
        self._keys: dict[str, list[int]] = {}
        for key, row in self.entries.items():
            natural = {field: register.column(field).get(row) for field in register.natural}
            self._keys.setdefault(register.key_of(natural, names), []).append(key)

    def read(
        self, cells: Mapping[str, str], taken: Callable[[str], int | None], free: Sequence[str] = (),
        troubles: Mapping[str, Sequence[str]] = NO_TROUBLES,
    ) -> RowProposal:
        """What the row says, and what is wrong with it before anything is carried out.

        ``taken`` tells which row of the sheet means the same entry already. ``free`` are columns to be left empty,
        ``troubles`` say of cells why they cannot be read.
        """
        target, problem = self._numbered(cells)
        if NUMBER in troubles:
            problem = trouble(troubles[NUMBER])
        readable = {field: text for field, text in cells.items() if field not in troubles}
        values, messages = self._read(readable, target)
        messages = [*((field, trouble(kept)) for field, kept in troubles.items() if field != NUMBER), *messages]
        if target is None and problem is None and not messages:
            target = self._namesake(values)
            values = values if target is None else self._read(cells, target)[0]
        values = {**values, **dict.fromkeys(free, "")}
        verdict = self._verdict(cells, target, values)
        if problem is not None:
            return RowProposal(verdict.refused((NUMBER, problem), *messages))
        if (twice := taken(verdict.key) if verdict.key else None) is not None:
            shared = self._shared(verdict, verdict.before or values)
            problem = _("Row %(number)d means the same entry: %(shared)s.", number=twice, shared=shared)
            return RowProposal(verdict.refused((NUMBER, problem), *messages))
        return replace(self._proposal(verdict, values, messages), read_otherwise=self._read_otherwise(cells, values))

    def carry_out(self, proposals: Sequence[RowProposal]) -> list[RowVerdict]:
        """Carry the rows out as far as they can be; what was refused is taken back at once."""
        valid = [proposal for proposal in proposals if proposal.form is not None]
        saved = iter(carry_out(valid, self._save, self._refused))
        return [proposal.verdict if proposal.form is None else self._done(next(saved)) for proposal in proposals]

    def _numbered(self, cells: Mapping[str, str]) -> tuple[Any, str | None]:
        """The entry whose number stands in the row, or what is wrong with the number."""
        text = cells.get(NUMBER, "").removeprefix("#")
        if not text:
            return None, None
        target = self.entries.get(int(text)) if text.isdecimal() and len(text) < 12 else None
        if target is None:
            return None, _("There is no entry “%(text)s” of yours. Leave the number empty in new rows.", text=text[:20])
        return target, None

    def _namesake(self, values: Values) -> Any:
        """The only entry that has the same name in the same place."""
        key = self.register.key_of(values, self.names)
        namesakes = self._keys.get(key, []) if key else []
        return self.entries[namesakes[0]] if len(namesakes) == 1 else None

    def _read(self, cells: Mapping[str, str], target: Any) -> tuple[Values, list[Message]]:
        """The values of all columns, and what could not be read; a column that is not there leaves all as it is."""
        current = self.blank if target is None else self.register.values_of(target)
        values, messages = dict(current), []
        for column in self.register.columns:
            text = cells.get(column.field)
            if text is None or (not text and target is None):
                continue
            try:
                value = column.kind.read(text, self.names, current[column.field]) if text else column.kind.empty
            except ValueError as error:
                messages.append((column.field, " ".join([str(error), *self._meant(column, text)])))
                continue
            if not column.kind.same(current[column.field], value):
                values[column.field] = value
        return values, messages

    def _meant(self, column: RegisterColumn, text: str) -> list[str]:
        """The choice that a word is most like."""
        if not isinstance(column.kind, ChoiceKind):
            return []
        return did_you_mean(Suggestions(column.kind.choices(self.names)).closest(text))

    def _shared(self, verdict: RowVerdict, values: Values) -> str:
        """By which cells a row means an entry."""
        if verdict.target is not None and not self.register.natural:
            return f"{NUMBER_WORDS} {verdict.target.id}"
        return _(", ").join(
            f"{self.register.header(field)} “{self._text(field, values)}”" for field in self.register.natural
        )

    def _verdict(self, cells: Mapping[str, str], target: Any, values: Values) -> RowVerdict:
        register = self.register
        key = register.key_of(values, self.names) if target is None else f"#{target.id}"
        if target is None:
            spoken = next(iter(register.announces(dict(cells))), "") or cells.get(register.columns[0].field, "")
            return RowVerdict(RowState.NEW, title=spoken[:200], key=key)
        before = register.values_of(target)
        state = RowState.UNCHANGED if before == values else RowState.CHANGED
        return RowVerdict(state, register.title(target)[:200], key, target, before=before)

    def _proposal(self, verdict: RowVerdict, values: Values, messages: list[Message]) -> RowProposal:
        if verdict.state is RowState.UNCHANGED and not messages:
            return RowProposal(verdict)
        form = self.register.filled(values)
        unread = {field for field, _text in messages}
        if not form.validate():
            messages = messages + [entry for entry in self._form_messages(form) if entry[0] not in unread]
        return RowProposal(verdict.refused(*messages)) if messages else RowProposal(verdict, form)

    def _save(self, proposal: RowProposal) -> RowVerdict:
        target = proposal.verdict.target
        stood = None if target is None else self.register.codec.read(target)
        row = self.register.save(self.names, target, proposal.form)
        return replace(proposal.verdict, target=row, stood=stood, changes=proposal.read_otherwise)

    def _refused(self, proposal: RowProposal, error: Refusal) -> RowVerdict:
        problem = error if isinstance(error, DomainError) else domain_error(error)
        return proposal.verdict.refused((problem.field, str(problem)))

    def _done(self, verdict: RowVerdict) -> RowVerdict:
        """The same with what stands in the row now that it is written."""
        if verdict.state is RowState.WRONG:
            return verdict
        register, row = self.register, verdict.target
        after = register.values_of(row)
        self.names.add(register.entity, row)
        self.entries[row.id] = row
        return replace(
            verdict, title=register.title(row)[:200], after=after,
            warnings=tuple(register.warnings(row)), slot=register.slot(row),
            changes=verdict.changes if verdict.before is None else self._changes(verdict.before, after),
        )

    def _read_otherwise(self, cells: Mapping[str, str], values: Values) -> tuple[Change, ...]:
        """(field, cell, value as the product writes it) of the cells whose letters are not those of the value."""
        written = (
            (column.field, cells[column.field], self._text(column.field, values))
            for column in self.register.columns
            if column.kind.interpreted and cells.get(column.field)
        )
        return tuple(change for change in written if folded(change[1]) != folded(change[2]))

    def _changes(self, before: Values, after: Values) -> tuple[Change, ...]:
        return tuple(
            (column.field, self._text(column.field, before), self._text(column.field, after))
            for column in self.register.columns
            if before[column.field] != after[column.field]
        )

    def _text(self, field: str, values: Values) -> str:
        return str(self.register.column(field).kind.write(values[field], self.names))

    def _form_messages(self, form: Any) -> list[Message]:
        """What the form says, by field; fields of several rows speak row by row."""
        messages: list[Message] = []
        for entry in form:
            rows = [error for row in getattr(entry, "rows", None) or [] for error in row.errors]
            messages += [(entry.short_name, str(error)) for error in rows or entry.errors]
        return messages + [("", str(error)) for error in form.form_errors]
