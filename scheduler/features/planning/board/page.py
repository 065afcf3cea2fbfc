"""The page of a board, whole or, for the script that goes on from it, only the board itself."""

from itertools import chain
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from scheduler.domain.workflow import term_path
from scheduler.engine.analysis.boards import Board
from scheduler.engine.documents.places import SectionPlace
from scheduler.engine.words.board_words import place_text
from scheduler.engine.words.sentences import reason_sentence
from scheduler.features.planning.board import queries
from scheduler.features.planning.board.drawing import by_group, lines, pinned_parts
from scheduler.features.planning.board.forms import PARTS, MoveForm
from scheduler.features.planning.board.history import STEPS, change_of, history, latest_changes
from scheduler.features.planning.board.operations import RefusedError
from scheduler.features.planning.board.selection import BoardSelection, RowKind
from scheduler.features.planning.board.slots import Slots
from scheduler.models import PlanStatus, Section

PART_HEADER = "X-Board"
"""Sent by the script of the board, which replaces the board alone."""
WORKDAYS = {0, 1, 2, 3, 4}


def board_page(
    selection: BoardSelection, refused: RefusedError | None = None, form: MoveForm | None = None
) -> ResponseReturnValue:
    """The board as it stands, after a refused change with its reason."""
    partly = PART_HEADER in request.headers
    template = "board/_board.html" if partly else "board/show.html"
    page = {**_board(selection), "refused": refused, "form": form, "partly": partly}
    if not partly:
        page["term_path"] = term_path(selection.plan.term, "adjust")
    return render_template(template, **page), refused.status if refused else 200


def _board(selection: BoardSelection) -> dict[str, Any]:
    plan, editable = selection.plan, selection.plan.status is PlanStatus.DRAFT
    section = queries.section_in(plan, selection.section_id) if selection.section_id and editable else None
    units = queries.units_with(plan.term, selection.rows)
    unit_id = queries.start_unit(selection, units, section)
    shown = queries.rows(plan.term, selection.rows, unit_id, selection.search)
    tray, unplaced = queries.unplaced(plan)
    return {
        "plan": plan,
        "term": plan.term,
        "selection": selection,
        "editable": editable,
        "units": [unit for unit, _number in units],
        "unit_id": unit_id,
        "tray": tray,
        "unplaced": unplaced,
        "placed": queries.placed_count(plan),
        "row_kinds": RowKind,
        "reason_sentence": reason_sentence,
        **_history(selection),
        **_grid(selection, shown[: queries.MAX_ROWS], section),
        "left_off": max(0, len(shown) - queries.MAX_ROWS),
    }


def _grid(selection: BoardSelection, shown: list[queries.BoardRow], section: Section | None) -> dict[str, Any]:
    """The rows, and what is in hand."""
    plan, placements = selection.plan, queries.placements_by_row(selection.plan, selection.rows, shown)
    slots, weekdays = None, WORKDAYS
    if section is not None:
        board = Board(plan)
        slots = Slots(board, section, shown, selection.leaving, plan.term.weights)
        weekdays = board.weekdays()
    busy = {hour.weekday for placement in chain.from_iterable(placements.values()) for hour in placement.meetings}
    days = sorted(WORKDAYS | weekdays | busy)
    drawn = lines(selection, shown, placements, days, slots)
    return {"days": days, "groups": by_group(drawn), "slots": slots, **_in_hand(selection, section)}


def _in_hand(selection: BoardSelection, section: Section | None) -> dict[str, Any]:
    if section is None:
        return {"section": None}
    placement = queries.placement_of(selection.plan, section.id)
    place = SectionPlace.of(placement) if placement else None
    return {
        "section": section,
        "placement": placement,
        "place": place_text(place, section.minutes) if place else "",
        "pins": [(part, words, pinned_parts(section)[part]) for part, words in PARTS.items()],
    }


def _history(selection: BoardSelection) -> dict[str, Any]:
    done, undone = history(selection.plan, current_user.id)
    return {
        "undoable": change_of(done[-1]).text if done else "",
        "redoable": change_of(undone[-1]).text_of_redo if undone else "",
        "changes": latest_changes(selection.plan),
        "steps": STEPS,
    }
