"""Errors and formulas without a result in files of Excel 97 to 2003, which the library gives as empty cells."""

import io
from random import Random

import pytest

from scheduler.core.extensions import db
from scheduler.models import Import, RowState
from scheduler.workbooks.uploads.unpacking import UnreadableError, unpacked
from tests.client import PageClient
from tests.factories import Town
from tests.scheduler.workbooks.test_workbook_as_made import FILES, ROOMS
from tests.workbooks import counts, messages, upload

CONTENT = (FILES / "errors.xls").read_bytes()
"""Two rooms: the hours of the first are #REF!, the seats of the second a formula whose result is an empty text."""
EMPTY_TEXT, DIVISION, MISSING = map(bytes.fromhex, ("030000000000ffff", "020007000000ffff", "000000000000ffff"))


def test_an_error_is_refused(coordinator: PageClient, town: Town) -> None:
    upload(coordinator, ROOMS, CONTENT, "rooms.xls")
    assert counts() == {RowState.WRONG: 2}
    assert ("rooms", 2, "hours", "The cell holds the error #REF! instead of a value.") in messages()


@pytest.mark.parametrize(
    ("result", "said"),
    [(DIVISION, "The cell holds the error #DIV/0! instead"), (MISSING, "The cell holds a formula without its result.")],
)
def test_formulas_are_refused_that_have_no_value(
    coordinator: PageClient, town: Town, result: bytes, said: str
) -> None:
    assert CONTENT.count(EMPTY_TEXT) == 1
    upload(coordinator, ROOMS, CONTENT.replace(EMPTY_TEXT, result), "rooms.xls")
    (sentence,) = [sentence for _sheet, number, field, sentence in messages() if (number, field) == (3, "capacity")]
    assert sentence.startswith(said)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_file_is_read_or_refused(seed: int) -> None:
    chance, content = Random(seed), bytearray(CONTENT)
    for _byte in range(40):
        content[chance.randrange(8, len(content))] = chance.randrange(256)
    try:
        sheets = unpacked(bytes(content))
    except UnreadableError:
        return
    assert len(sheets) <= 1


def test_half_a_file_is_refused(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(ROOMS, {"file": (io.BytesIO(CONTENT[:1500]), "rooms.xls")})
    assert "This is no Excel workbook that can be read." in page.text
    assert db.session.scalars(db.select(Import)).all() == []
