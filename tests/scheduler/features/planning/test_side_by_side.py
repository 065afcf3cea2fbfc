"""What is said of a scenario beside today's plan, and how differences are told."""

from dataclasses import replace

import pytest
from flask import Flask

from scheduler.engine.analysis.measures import Measures
from scheduler.features.planning.scenarios.side_by_side import CHANGED, FIGURES, FigureCell, PlanColumn, _row, wins
from scheduler.models import Plan

TODAY = Measures(10, 8, 100, 80, 40, 70, 500.0, 900.0, 2, 1000, {"unplaced": 60, "distance": 40}, 0)


def column(measures: Measures, changed: int = 0, own_weights: bool = False) -> PlanColumn:
    return PlanColumn(Plan(name="#1"), None, measures, changed, False, own_weights)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({}, "as many sections are placed; the way stays the same on average; fees stay the same"),
        ({"placed": 9, "learners_placed": 92}, "1 more section is placed (12 learners); "),
        ({"placed": 5, "learners_placed": 60}, "3 sections fewer are placed (20 learners); "),
        ({"placed": 9, "learners_placed": 75}, "1 more section is placed; 5 learners fewer have a place; "),
        ({"learners_placed": 90}, "as many sections are placed; 10 more learners have a place; "),
        ({"mean_metres": 460.0, "yuan": 2200}, "the way is 40 m shorter on average; ¥1,200 more in fees"),
        ({"mean_metres": 1700.0, "yuan": 900}, "the way is 1.2 km longer on average; ¥100 less in fees"),
        ({"placed": 0, "learners_placed": 0, "mean_metres": None, "yuan": 0}, "(80 learners); ¥1,000 less in fees"),
    ],
)
def test_wins_and_losses_are_said_in_one_line(app: Flask, other: dict[str, object], said: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert said in wins(column(TODAY), column(replace(TODAY, **other)))  # type: ignore[arg-type] # fields by name


def told(figure: str, **other: object) -> FigureCell:
    measured = next(candidate for candidate in (*FIGURES, CHANGED) if str(candidate.label) == figure)
    columns = [column(TODAY), column(replace(TODAY, **other), changed=3)]  # type: ignore[arg-type] # fields by name
    return _row(measured, columns).cells[1]


def test_differences_carry_their_sign_and_whether_they_are_for_the_better(app: Flask) -> None:
    minus = "\N{MINUS SIGN}"
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert told("Sections placed", placed=9) == FigureCell("9", 1.0, "+1", True)
        assert told("Sections placed", placed=4) == FigureCell("4", 0.5, f"{minus}4", False)
        assert told("Way on average", mean_metres=460.0) == FigureCell("460 m", 0.92, f"{minus}40 m", True)
        assert told("Way on average", mean_metres=501.0).difference == "the same"
        assert told("Way on average", mean_metres=None) == FigureCell("–", 0.0)
        assert told("At most 15 minutes on foot", near=45).difference == "+5 percentage points"
        assert told("Sections held otherwise") == FigureCell("3", 1.0)
        weighed = column(TODAY, own_weights=True)
        cost = next(figure for figure in FIGURES if figure.of_cost)
        assert _row(cost, [column(TODAY), weighed]).cells[1].difference == "", "another measure tells nothing"
