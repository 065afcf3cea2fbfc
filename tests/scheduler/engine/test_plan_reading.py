"""Uploaded plans: what is none is refused in words, and no file takes more than a plan may."""

import gzip
import json
from typing import Any

import pytest

import solver
from scheduler.engine.documents.plan_reading import MAXIMUM_PLAN_BYTES, MAXIMUM_SECTIONS, read_uploaded_plan

PLACEMENT = {"week": 1, "meetings": [[0, 540]], "room": "r1", "teacher": "t1"}
MANY = {"meetings": [[0, 540]] * 100}


def packed(document: Any) -> bytes:
    return gzip.compress(json.dumps(document).encode(), mtime=0)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "JSON"),
        (b"no json", "JSON"),
        (b'{"placed": 5}', "placed"),
        (b'{"placed": {}, "format": "plan/2"}', "format"),
        (gzip.compress(b'{"placed": {}}', mtime=0)[:-9], "cut off"),
        (b"\x1f\x8bnonsense", "gzip"),
        (gzip.compress(b" " * (MAXIMUM_PLAN_BYTES + 1), mtime=0), "too large"),
        (b" " * 8_000_001, "larger"),
        (packed({"placed": {}, "unplaced": [str(number) for number in range(MAXIMUM_SECTIONS + 1)]}), "more than"),
        (packed({"placed": {f"s{number}": PLACEMENT | MANY for number in range(6000)}}), "weekly meetings"),
    ],
)
def test_unreadable_uploads_say_what_is_wrong(data: bytes, problem: str) -> None:
    with pytest.raises(solver.DocumentError, match=problem):
        read_uploaded_plan(data)


@pytest.mark.parametrize(
    "unpacked",
    [
        b"[" * 30_000_000,
        b"[" + b"[]," * 20_000_000 + b"[]]",
        b"[" + b"{}," * 20_000_000 + b"{}]",
        b'{"placed": {' + b",".join(b'"%07d": {}' % number for number in range(3_000_000)) + b"}}",
        b'{"placed": {' + b",".join(b'"%07d": 1' % number for number in range(3_000_000)) + b"}, \"unplaced\": 5}",
    ],
    ids=["deep", "lists", "objects", "keys", "numbers"],
)
def test_what_grows_beyond_measure_is_refused_by_a_process_that_may_end(unpacked: bytes) -> None:
    with pytest.raises(solver.DocumentError):
        read_uploaded_plan(gzip.compress(unpacked, compresslevel=1, mtime=0))


def test_the_first_wrong_one_of_many_sections_is_named_in_good_time() -> None:
    """The process has ten seconds; to try each key by itself, with all that stands beside it, would take minutes."""
    placed = {f"s{number}": PLACEMENT for number in range(40_000)}
    placed |= {f"x{number}": PLACEMENT | {"unknown": {}, "week": "one"} for number in range(40_000)}
    with pytest.raises(solver.DocumentError) as refused:
        read_uploaded_plan(packed({"placed": placed, "unplaced": [f"u{number}" for number in range(20_000)]}))
    assert refused.value.path == "placed['x0'].week"


def test_gzipped_plans_are_read_too() -> None:
    assert read_uploaded_plan(packed({"placed": {}, "unplaced": ["s1"]})).unplaced == ("s1",)


def test_a_plan_comes_out_as_it_went_in() -> None:
    plan = read_uploaded_plan(json.dumps({"placed": {"s1": PLACEMENT}, "unplaced": ["s2"]}).encode())
    assert plan == solver.Plan({"s1": solver.Placement(1, (solver.Meeting(0, 540),), "r1", "t1")}, ("s2",), "plan/1")
