"""``python -m solver``: what it prints, what it writes, and its exit statuses."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from solver import write_plan, write_term
from solver.__main__ import main
from solver.problem.term import Hours, Pin
from tests.solver.instances import instance
from tests.solver.samples import NINE, TEN, placement, plan, room, section, term


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the smallest term and a plan for it."""
    (tmp_path / "term.json").write_bytes(write_term(term()))
    (tmp_path / "plan.json").write_bytes(write_plan(plan(section=placement(NINE))))
    return tmp_path


def test_check_prints_violations_and_cost(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(folder / "term.json"), str(folder / "plan.json")]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["violations"] == [] and report["violation_count"] == 0
    assert (report["total"], report["placed"], report["unplaced"], report["uncovered_communities"]) == (0, 1, 0, 0)


def test_check_exits_with_one_where_a_rule_is_broken(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "plan.json").write_bytes(write_plan(plan(section=placement(NINE, week=2))))
    assert main(["check", str(folder / "term.json"), str(folder / "plan.json")]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["violations"] == [["first week", "section"], ["term ends too early", "section"]]


def test_explain_prints_what_would_place_a_section(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of = term(sections=(section(), section("large", learners={"village": 11})))
    (folder / "term.json").write_bytes(write_term(of))
    files = [str(folder / "term.json"), str(folder / "plan.json")]
    assert main(["explain", *files, "large"]) == 0
    explained = json.loads(capsys.readouterr().out)
    assert explained["causes"][0]["code"] == "capacity"
    assert {"kind": "fewer learners", "section": "large", "people": 1} in explained["offers"][0]["relaxations"]
    assert main(["explain", *files, "section"]) == 0
    assert json.loads(capsys.readouterr().out)["placement"]["meetings"] == [[0, 540]]
    assert main(["explain", *files, "ghost"]) == 2
    assert capsys.readouterr().err == "unreadable: section: the term has no section 'ghost'\n"


def test_repair_and_compare_print_what_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    closed = term(rooms=(room(open=(Hours(0, 600, 660),)),), previous={"section": placement(NINE)})
    (folder / "term.json").write_bytes(write_term(closed))
    files = [str(folder / "term.json"), "-o", str(folder / "new.json")]
    assert main(["repair", *files, "--workers", "1", "--max-rounds", "1"]) == 0
    changed = json.loads(capsys.readouterr().out)["changed"]
    changes = [(change["section"], change["kinds"], change["learners"]) for change in changed["changes"]]
    assert changes == [("section", ["time"], 10)]
    assert main(["compare", files[0], str(folder / "plan.json"), files[2]]) == 0
    assert json.loads(capsys.readouterr().out) == changed


def test_worth_prints_what_would_help_most(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of = term(sections=(section(), section("second", subject="dance")))
    (folder / "term.json").write_bytes(write_term(of))
    assert main(["worth", str(folder / "term.json"), str(folder / "plan.json")]) == 0
    best = json.loads(capsys.readouterr().out)[0]
    assert best["thing"] == {"kind": "teach subject", "teacher": "teacher", "subject": "dance"}
    assert (best["gain"], best["places"], best["proven"]) == (10, ["second"], True)


def test_solve_writes_a_plan_and_prints_a_summary(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = folder / "new.json"
    arguments = ["--seconds", "100", "--workers", "1", "--max-rounds", "2", "--seed", "2"]
    assert main(["solve", str(folder / "term.json"), "-o", str(output), *arguments]) == 0
    printed = capsys.readouterr()
    summary = json.loads(printed.out)
    assert {"status", "total", "cost", "bound", "seconds", "placed", "unplaced"} <= set(summary)
    assert (summary["status"], summary["total"], summary["placed"]) == ("optimal", 0, 1)
    assert "total 0" in printed.err
    assert main(["check", str(folder / "term.json"), str(output)]) == 0


def test_solve_begins_with_a_plan(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "plan.json").write_bytes(write_plan(plan(section=placement(TEN))))
    files = [str(folder / "term.json"), "-o", str(folder / "new.json"), "--start", str(folder / "plan.json")]
    assert main(["solve", *files, "--workers", "1", "--max-rounds", "0"]) == 0
    assert json.loads((folder / "new.json").read_text())["placed"]["section"]["meetings"] == [[0, 600]]


def test_solve_exits_with_one_where_pins_cannot_be_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    impossible = term(sections=(section(pinned=Pin(week=2)),))
    (folder / "term.json").write_bytes(write_term(impossible))
    assert main(["solve", str(folder / "term.json"), "-o", str(folder / "new.json"), "--workers", "1"]) == 1
    summary = json.loads(capsys.readouterr().out)
    assert (summary["status"], summary["reasons"]) == ("infeasible", {"section": ["no week", ["first week"]]})
    assert not (folder / "new.json").exists()


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"placed": {"a": {"week": "one"}}}'])
def test_unreadable_input_is_one_line_and_status_two(
    folder: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.json").write_text(content)
    assert main(["check", str(folder / "term.json"), str(folder / "bad.json")]) == 2
    assert main(["solve", str(folder / "bad.json"), "-o", str(folder / "new.json")]) == 2
    assert main(["check", str(folder / "missing.json"), str(folder / "plan.json")]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and len(printed.err.splitlines()) == 3


def test_a_term_larger_than_a_part_is_planned_in_parts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    two = term(sections=(section("a"), section("b")))
    (folder / "term.json").write_bytes(write_term(two))
    files = [str(folder / "term.json"), "-o", str(folder / "new.json")]
    assert main(["solve", *files, "--workers", "1", "--max-rounds", "1", "--part-size", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["placed"] == 2
    assert main(["solve", *files, "--part-size", "1", "--executor", "nonsense://"]) == 2
    assert "nonsense://" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--workers", "0"], ["--seconds", "-1"], ["--seed", "-1"]])
def test_absurd_settings_are_refused(folder: Path, option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", str(folder / "term.json"), "-o", str(folder / "new.json"), *option]) == 2
    assert capsys.readouterr().err.startswith("unreadable: settings")


def test_a_plan_that_cannot_be_written_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--workers", "1", "--max-rounds", "0"]
    assert main(["solve", str(folder / "term.json"), "-o", str(folder / "no" / "where.json"), *arguments]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_workers_end_with_the_process_that_started_them(folder: Path) -> None:
    """The workers hold the other end of the pipe: it ends only when they are gone."""
    (folder / "term.json").write_bytes(instance("wanzhou-4-towns"))
    command = [sys.executable, "-m", "solver", "solve", "term.json", "-o", "new.json", "--seconds", "1000"]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and program
        command, cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env={"PYTHONPATH": str(Path.cwd())}
    ) as process:
        assert process.stderr is not None
        for word in (b"improve", b"total"):
            assert any(word in line for line in process.stderr), "the search ended too early"
        process.kill()
        process.stderr.read()
    assert process.returncode < 0


@pytest.mark.parametrize("chosen", [["--only", "a,b"], ["--only", '"a,b"'], ["--only", '"a,b",section'],
                                    ["--only", "section", "--only", '"a,b"']])
def test_sections_whose_ids_hold_commas_can_be_chosen(
    folder: Path, capsys: pytest.CaptureFixture[str], chosen: list[str]
) -> None:
    of = term(sections=(section(), section("a,b")))
    (folder / "term.json").write_bytes(write_term(of))
    files = [str(folder / "term.json"), "-o", str(folder / "new.json"), "--start", str(folder / "plan.json")]
    assert main(["solve", *files, *chosen, "--workers", "1", "--max-rounds", "1"]) == 0
    assert "a,b" in json.loads((folder / "new.json").read_text())["placed"]
    assert main(["solve", *files, "--only", "a"]) == 2
    assert "the term has no section 'a'" in capsys.readouterr().err
