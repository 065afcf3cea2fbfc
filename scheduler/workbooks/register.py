"""A register as a sheet: one list of columns from which export, template and import all come."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from flask_babel import LazyString, lazy_gettext as _l
from sqlalchemy import Select
from werkzeug.datastructures import MultiDict
from wtforms import SelectChoice
from wtforms.validators import NumberRange

from scheduler.audit.states.codec import State, StateCodec
from scheduler.audit.states.registers import MARKS
from scheduler.core.database import Base
from scheduler.models import Term
from scheduler.web.forms import BaseForm
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.kinds import Value, ValueKind
from scheduler.workbooks.references import Learners, Reference, References
from scheduler.workbooks.words import both, folded

Values = dict[str, Value]
NUMBER = "id"
NUMBER_WORDS = _l("No.")
NUMBER_NOTE = _l("Says which entry is meant. Leave it empty in new rows.")


@dataclass(frozen=True)
class RegisterColumn:
    """One column; ``field`` is the form's field that judges it and lends it its words, ``get`` reads it from a row.

    ``earlier`` are the words that it had in workbooks of earlier versions, which are still read.
    """

    field: str
    kind: ValueKind
    get: Callable[[Any], Value]
    earlier: tuple[str, ...] = ()


def text(field: str, kind: ValueKind | None = None, earlier: tuple[str, ...] = ()) -> RegisterColumn:
    """A column whose value is the attribute of the same name; nothing there is an empty cell."""
    return RegisterColumn(field, kind or ValueKind(), partial(_plain, field), earlier)


def _plain(field: str, row: Any) -> Value:
    value = getattr(row, field)
    return "" if value is None else str(value)


def _nothing(_row: Any) -> list[str]:
    return []


@dataclass(frozen=True, eq=False)
class WorkbookRegister:
    """A sheet. ``rows`` are the entries that the user may change, ``natural`` the fields that tell a new one apart.

    ``announces`` are the names by which other sheets may refer to a row, from its cells. Where a row is put back as it
    was, ``check`` refuses by its form what may not be saved any more, and ``follow`` changes what depends on it.
    """

    name: str
    words: LazyString
    codec: StateCodec
    entity: str
    form: type[BaseForm]
    columns: tuple[RegisterColumn, ...]
    rows: Callable[[Directory], Select[Any]]
    natural: tuple[str, ...]
    title: Callable[[Any], str]
    save: Callable[[Directory, Any, Any], Base]
    announces: Callable[[dict[str, str]], list[str]] = field(default=lambda _cells: [])
    warnings: Callable[[Any], list[str]] = _nothing
    slot: Callable[[Any], dict[str, object] | None] = field(default=lambda _row: None)
    check: Callable[[Any, Any], None] = field(default=lambda _row, _form: None)
    follow: Callable[[Any, State, State], None] = field(default=lambda _row, _former, _state: None)
    in_term: bool = False

    @property
    def parts(self) -> list[str]:
        """The parts of an entry's state in which it has to be as the workbook left it, so that it is taken back."""
        return [name for name in self.codec.parts if name not in MARKS]

    def values_of(self, row: Any) -> Values:
        """The values of an entry, as they are compared."""
        return {column.field: column.get(row) for column in self.columns}

    def column(self, field: str) -> RegisterColumn:
        """The column of a field; KeyError when there is none."""
        return next(column for column in self.columns if column.field == field)

    def filled(self, values: Values) -> Any:
        """The register's form as if somebody had typed these values."""
        inputs: MultiDict[str, str] = MultiDict()
        for column in self.columns:
            for name, sent in column.kind.inputs(column.field, values[column.field]).items():
                for text in sent if isinstance(sent, list) else [sent] if sent else []:
                    inputs.add(name, text)
        form = self.form(inputs, meta={"csrf": False})
        self._offer(form, values)
        return form

    def _offer(self, form: BaseForm, values: Values) -> None:
        """The directory has found what is named, so that nothing else has to be offered."""
        for column in self.columns:
            if isinstance(column.kind, Reference | References | Learners):
                value = values[column.field]
                keys = [value] if isinstance(value, str) else list(value)
                chosen = form[column.field]
                chosen.choices = [SelectChoice(key, key) for key in keys if key]
                if not chosen.choices and getattr(chosen, "coerce", None) is str:
                    chosen.data, chosen.choices = "" if value == "" else [], [SelectChoice("", "")]

    def blank(self) -> Values:
        """What stands in a new row where nothing is written: what an empty form shows."""
        form = self.form(meta={"csrf": False})
        return {column.field: _default(column, form[column.field].default) for column in self.columns}

    def required(self) -> frozenset[str]:
        """Fields that have to be filled in."""
        form = self.form(meta={"csrf": False})
        blank = self.blank()
        return frozenset(
            column.field for column in self.columns
            if form[column.field].flags.required and not blank[column.field]
        )

    def bounds(self, field: str) -> tuple[int, int] | None:
        """The least and the largest number that a field takes."""
        validators = self.form(meta={"csrf": False})[field].validators
        limits = next((rule for rule in validators if isinstance(rule, NumberRange)), None)
        return (
            None if limits is None or limits.min is None or limits.max is None else (int(limits.min), int(limits.max))
        )

    def header(self, field: str) -> LazyString | str:
        """The column's words."""
        return NUMBER_WORDS if field == NUMBER else self.form(meta={"csrf": False})[field].label.text

    def note(self, field: str) -> str:
        """What the column's entries mean."""
        return str(NUMBER_NOTE if field == NUMBER else self.form(meta={"csrf": False})[field].description)

    def key_of(self, values: Values, names: Directory) -> str:
        """What tells an entry from all others, in words: entries that the workbook makes have no lasting number yet."""
        words = [str(self.column(field).kind.write(values[field], names)) for field in self.natural]
        return "/".join(map(folded, words))[:600] if all(words) else ""


def _default(column: RegisterColumn, default: Any) -> Value:
    if isinstance(column.kind.empty, str) and default not in (None, "") and not callable(default):
        return str(default)
    return column.kind.empty


@cache
def headers(register: WorkbookRegister) -> dict[str, str]:
    """The field of each column by its words in either language, with and without its brackets, and by earlier ones."""
    fields = [NUMBER, *(column.field for column in register.columns)]
    whole = {folded(words): field for field in fields for words in both(register.header(field))}
    earlier = {folded(words): column.field for column in register.columns for words in column.earlier}
    return earlier | {words.partition("(")[0].strip(): field for words, field in whole.items()} | whole


def belongs(register: WorkbookRegister, term: Term | None) -> bool:
    """Whether the register can be shown there: demand and sections belong to a term."""
    return not register.in_term or term is not None
