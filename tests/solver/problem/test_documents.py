"""The two documents are read and written exactly, and a wrong value is named by its path."""

import json
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from solver import DocumentError, read_plan, read_term, write_plan, write_term
from solver.problem.busy import BusyRoomHours, BusyTeacherHours, Place
from tests.solver.samples import MONDAY, NINE, placement, plan, section, term
from tests.solver.tiny import tiny_case

Document = dict[str, Any]
HOURS: Document = {"dates": ["2027-03-01"], "start": 540, "end": 600}


def document() -> Document:
    """The smallest term as a JSON document."""
    document_of_term: Document = json.loads(write_term(term(sections=(section(learners={"village": 3}),))))
    return document_of_term


def test_a_term_survives_writing_and_reading() -> None:
    for seed in range(50):
        case = tiny_case(Random(seed))
        assert msgspec.structs.replace(read_term(write_term(case.term)), format=None) == case.term
        assert msgspec.structs.replace(read_plan(write_plan(case.plan)), format=None) == case.plan


def test_a_term_is_read_from_a_file_and_unknown_keys_are_ignored(tmp_path: Path) -> None:
    coloured = document() | {"colour": "green"}
    coloured["rooms"][0]["colour"] = "blue"
    file = tmp_path / "term.json"
    file.write_text(json.dumps(coloured))
    assert read_term(str(file)) == read_term(file) == read_term(json.dumps(document()).encode())


def test_what_a_document_may_leave_out_has_its_meaning() -> None:
    shortened = document()
    for key in ("format", "shared", "previous", "name"):
        shortened.pop(key, None)
    shortened["weights"] = {"unplaced": 2}
    read = read_term(json.dumps(shortened).encode())
    assert (read.shared, read.previous, read.weights.lost, read.sections[0].every) == ((), {}, 0, 1)


def test_hours_of_dates_stand_in_a_document_only_where_there_are_any() -> None:
    plain = document()
    assert "busy" not in plain["rooms"][0] and "busy" not in plain["teachers"][0]
    plain["rooms"][0]["busy"] = [HOURS, HOURS | {"pause": 10, "name": "spring"}]
    plain["teachers"][0]["busy"] = [HOURS | {"place": {"id": "elsewhere", "x": 100, "y": -200}}]
    read = read_term(json.dumps(plain).encode())
    assert read.rooms[0].busy[1] == BusyRoomHours((MONDAY,), 540, 600, "spring", 10)
    assert read.teachers[0].busy == (BusyTeacherHours((MONDAY,), 540, 600, place=Place("elsewhere", 100, -200)),)
    assert json.loads(write_term(read)) == plain


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (["calendar", "first_day"], "2027-03-02", "calendar.first_day: 2027-03-02 is not a Monday"),
        (["calendar", "first_day"], "soon", "calendar.first_day: invalid RFC3339"),
        (["calendar", "weeks"], 10**9, "calendar.weeks: expected `int` <= 120"),
        (["calendar", "weeks"], 10**30, "calendar.weeks: "),
        (["calendar", "grid_minutes"], 0, "calendar.grid_minutes: expected `int` >= 1"),
        (["rooms", 0, "open", 0, 1], "nine", "rooms[0].open[0][1]: expected `int`, got `str`"),
        (["rooms", 0, "open", 0], [0, 600], "rooms[0].open[0]: "),
        (["rooms", 0, "open", 0], [0, 600, 540], "rooms[0].open[0][2]: ends at 540, before it starts at 600"),
        (["rooms", 0, "busy"], [HOURS | {"end": 480}], "rooms[0].busy[0].end: ends at 480, before it starts at 540"),
        (["rooms", 0, "busy"], [HOURS | {"pause": -1}], "rooms[0].busy[0].pause: expected `int` >= 0"),
        (["rooms", 0, "busy"], [HOURS, {}], "rooms[0].busy[1]: object missing required field `dates`"),
        (["rooms", 0, "busy"], [HOURS | {"dates": ["soon"]}], "rooms[0].busy[0].dates[0]: invalid RFC3339"),
        (["teachers", 0, "busy"], [HOURS | {"place": {"id": "v"}}], "teachers[0].busy[0].place: object missing"),
        (["teachers", 0, "busy"], [HOURS | {"end": 1}], "teachers[0].busy[0].end: ends at 1, before it starts at 540"),
        (["rooms", 0, "venue"], "castle", "rooms[0].venue: unknown venue 'castle'"),
        (["sections", 0, "learners", "village"], -3, "sections[0].learners['village']: expected `int` >= 0"),
        (["sections", 0, "learners", "moon"], 3, "sections[0].learners['moon']: unknown community 'moon'"),
        (["sections", 0, "unit"], "nowhere", "sections[0].unit: unknown unit 'nowhere'"),
        (["sections", 0, "venues"], ["hall", "x"], "sections[0].venues[1]: unknown venue 'x'"),
        (["sections", 0, "teachers"], ["x"], "sections[0].teachers[0]: unknown teacher 'x'"),
        (["sections", 0, "pinned"], {"room": "x"}, "sections[0].pinned.room: unknown room 'x'"),
        (["sections", 0, "windows", 0, 0], 7, "sections[0].windows[0][0]: expected `int` <= 6"),
        (["sections", 0, "priority"], 6, "sections[0].priority: expected `int` <= 5"),
        (["sections", 0, "minutes"], None, "sections[0].minutes: expected `int`, got `null`"),
        (["shared"], [["section", "ghost", 2]], "shared[0][1]: unknown section 'ghost'"),
        (["units", 0, "parent"], "street", "units[0].parent: 'city' is above itself"),
        (["units", 1, "parent"], "moon", "units[1].parent: unknown unit 'moon'"),
        (["units", 1, "id"], "city", "units[1].id: 'city' is used twice"),
        (["format"], "term/2", "format: expected 'term/1', found 'term/2'"),
    ],
)
def test_a_wrong_value_is_named_by_its_path(path: list[str | int], value: object, named: str) -> None:
    altered: Any = document()
    place = altered
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(DocumentError) as error:
        read_term(json.dumps(altered).encode())
    assert str(error.value).startswith(named)


def test_a_missing_key_is_named_with_the_path_of_its_owner() -> None:
    incomplete = document()
    del incomplete["teachers"][0]["fee"]
    with pytest.raises(DocumentError, match=r"^teachers\[0\]: .*`fee`"):
        read_term(json.dumps(incomplete).encode())


def test_a_wrong_placement_is_named_by_its_section() -> None:
    altered = json.loads(write_plan(plan(first=placement(), second=placement(NINE))))
    altered["placed"]["second"]["meetings"][0] = [9, 540]
    with pytest.raises(DocumentError) as error:
        read_plan(json.dumps(altered).encode())
    assert error.value.path == "placed['second'].meetings[0][0]"


@pytest.mark.parametrize("data", [b"", b"{", b"[1, 2", b"\xff\xfe", b"[" * 100_000, b"[]", b"null", b'"term"'])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    for read in (read_term, read_plan):
        with pytest.raises(DocumentError):
            read(data)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="No such file"):
        read_term(tmp_path / "nothing.json")


def test_a_mark_before_the_first_byte_is_no_matter(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + json.dumps(document()).encode()
    (tmp_path / "term.json").write_bytes(content)
    assert read_term(tmp_path / "term.json") == read_term(content) == read_term(json.dumps(document()).encode())


@pytest.mark.parametrize("part", ["week", "meetings", "room", "teacher"])
def test_a_pin_that_is_null_is_refused(part: str) -> None:
    altered = document()
    altered["sections"][0]["pinned"] = {part: None}
    with pytest.raises(DocumentError, match=rf"sections\[0\]\.pinned\.{part}: null pins nothing"):
        read_term(json.dumps(altered).encode())
