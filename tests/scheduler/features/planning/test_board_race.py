"""Several coordinators at the board of one draft: nobody's change is overwritten unseen."""

from collections.abc import Iterable
from dataclasses import replace
from threading import Barrier, Thread

from flask import Flask

from scheduler.core.extensions import db
from scheduler.engine.documents.places import SectionPlace
from scheduler.features.planning.board import operations
from scheduler.features.planning.board.history import changes_of
from scheduler.models import Plan
from tests.client import PageClient
from tests.factories import Town
from tests.scheduler.boards import NINE, TEN, TWO, assert_costs_are_right, calligraphy, draft, place_of, put, second

__all__ = ["draft", "second"]


def test_the_second_of_two_who_move_the_same_section_is_told(
    coordinator: PageClient, second: PageClient, draft: Plan, town: Town
) -> None:
    section = town.sections[0]
    put(second, draft, section, calligraphy(town, 2, TEN), version=0)
    page = put(coordinator, draft, section, calligraphy(town, 3, NINE), version=0, status=409)
    assert "In the meantime: Administrator: 锦屏街道·书法 1 班 → Wed 10:00–11:30" in page.text
    assert "Nothing of yours was saved." in page.text
    assert place_of(draft, section) == calligraphy(town, 2, TEN)


def test_the_second_of_two_who_want_the_same_hour_is_told(
    coordinator: PageClient, second: PageClient, draft: Plan, town: Town
) -> None:
    hour = SectionPlace(1, ((0, NINE),), town.hall.id, town.volunteer.id)
    put(second, draft, town.sections[1], hour, version=0)
    page = put(coordinator, draft, town.sections[2], hour, version=0, status=409)
    assert "It no longer fits there" in page.text and "岳林街道·书法 1 班" in page.text
    assert place_of(draft, town.sections[2]) == SectionPlace(2, ((3, TWO),), town.hall.id, town.volunteer.id)


def test_moves_that_have_nothing_to_do_with_each_other_both_count(
    coordinator: PageClient, second: PageClient, draft: Plan, town: Town
) -> None:
    put(second, draft, town.sections[2], SectionPlace(2, ((0, TWO),), town.hall.id, town.volunteer.id), version=0)
    put(coordinator, draft, town.sections[0], calligraphy(town, 3, NINE), version=0)
    assert [change.change_set.version for change in changes_of(draft)] == [1, 2]
    assert_costs_are_right(draft)


def at_once(app: Flask, plan: Plan, moves: Iterable[operations.Move]) -> list[str]:
    """Make moves at the same moment, each with a thread and a connection of its own; "" or why it was refused."""
    plan_id, choices = plan.id, list(moves)
    db.session.rollback()
    barrier, results = Barrier(len(choices)), dict.fromkeys(range(len(choices)), "")

    def run(place: int) -> None:
        with app.test_request_context("/", method="POST", headers={"Accept-Language": "en"}):
            barrier.wait()
            try:
                operations.carry_out(db.session.get_one(Plan, plan_id), choices[place])
                db.session.commit()
            except operations.RefusedError as refused:
                db.session.rollback()
                results[place] = str(refused)

    threads = [Thread(target=run, args=(place,)) for place in results]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    return list(results.values())


def test_the_database_judges_who_was_first(app: Flask, draft: Plan, town: Town) -> None:
    user_id, hour = town.users["coordinator"].id, SectionPlace(1, ((0, NINE),), town.hall.id, town.volunteer.id)
    dance, writing = town.sections[2].id, town.sections[1].id
    for weekday in (1, 2, 4):
        seen = draft.version
        same = [operations.Move(section_id, hour, user_id, seen) for section_id in (dance, writing)]
        assert sorted(map(bool, at_once(app, draft, same))) == [False, True]
        at_the_hour = [
            placement for placement in draft.placements
            if placement.room_id == town.hall.id and SectionPlace.of(placement) == hour
        ]
        assert len(at_the_hour) == 1 and draft.version == seen + 1
        apart = [
            operations.Move(at_the_hour[0].section_id, replace(hour, meetings=((weekday, TWO),)), user_id, seen + 1),
            operations.Move(town.sections[0].id, calligraphy(town, weekday, TEN), user_id, seen + 1),
        ]
        assert at_once(app, draft, apart) == ["", ""]
        assert draft.version == seen + 3 == len(changes_of(draft))
        if any(placement.section_id == writing for placement in draft.placements):
            assert at_once(app, draft, [operations.Move(writing, None, user_id, draft.version)]) == [""]
