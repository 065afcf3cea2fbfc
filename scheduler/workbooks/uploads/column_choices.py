"""The form on a preview that says for each unknown heading which column of the register it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from flask_babel import gettext as _

from scheduler.core.errors import DomainError
from scheduler.models import ImportFile
from scheduler.workbooks.registers import REGISTERS
from scheduler.workbooks.uploads.headings import offered
from scheduler.workbooks.uploads.sheet_cells import column_letters

PREFIX = "column-"
CLOSE = 0.6


@dataclass(frozen=True)
class HeadingQuestion:
    """An unknown heading with the columns it may be; ``chosen`` is what stands there now or is likely meant."""

    number: int
    name: str
    sheet: str
    heading: str
    letters: str
    options: list[tuple[str, str]]
    chosen: str
    suggestion: str
    asked: bool


def questions(file: ImportFile | None) -> list[HeadingQuestion]:
    """What is asked about the unknown headings of a file, in the order of its list."""
    return [] if file is None else list(_questions(file))


def _questions(file: ImportFile) -> Iterator[HeadingQuestion]:
    for number, entry in enumerate(file.headings):
        register = REGISTERS[entry["register"]]
        taken = set(file.tables.get(register.name, {}).get("places", {})) - {entry["field"]}
        options = [(field, words) for field, words in offered(register) if field not in taken]
        words = {title.removesuffix(" *"): field for field, title in options}
        close = get_close_matches(entry["text"], words, 1, CLOSE) if entry["asked"] else []
        yield HeadingQuestion(
            number, f"{PREFIX}{number}", str(register.words), entry["text"], column_letters(entry["place"]), options,
            words[close[0]] if close else entry["field"], close[0] if close else "", entry["asked"],
        )


def chosen_columns(file: ImportFile | None, sent: Mapping[str, str]) -> dict[int, str]:
    """By the number of the heading the field that was chosen, "" for none; DomainError where two are the same."""
    chosen: dict[int, str] = {}
    for question in questions(file):
        field = sent.get(question.name, "")
        if field and field not in dict(question.options):
            raise DomainError(_("Choose one of the columns that are offered."))
        chosen[question.number] = field
    pairs = [(question.sheet, chosen[question.number]) for question in questions(file) if chosen[question.number]]
    if len(pairs) != len(set(pairs)):
        raise DomainError(_("The same column is chosen twice."))
    return chosen
