"""Rooms, their hours and closed dates, and what rooms can have, through the pages."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.models import AuditEntry, Feature, Room, RoomClosure, RoomWindow
from tests.client import PageClient
from tests.factories import Town, build_bookings, build_plan, sign_in_as

WEEKDAYS = {f"hours-{day}": "08:30-21:00" for day in range(7)}


def room_form(**changes: object) -> dict[str, object]:
    return {
        "name": "书画教室", "capacity": 30, "features": ["wifi", "mirror"], "turnaround_minutes": 20, "fee": 50,
        **changes,
    }


def windows(room: Room) -> list[tuple[int, int, int]]:
    """(weekday, start, end) as stored."""
    rows = db.session.scalars(select(RoomWindow).where(RoomWindow.room_id == room.id))
    return sorted((row.weekday, row.start_minute, row.end_minute) for row in rows)


def closures(room: Room) -> list[tuple[str, str]]:
    """(date, reason) as stored."""
    rows = db.session.scalars(select(RoomClosure).where(RoomClosure.room_id == room.id))
    return sorted((row.date.isoformat(), row.reason) for row in rows)


def trail_since(last: int) -> list[tuple[str, str]]:
    """(table, action) of the entries after ``last``."""
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.id > last).order_by(AuditEntry.id))
    return sorted((entry.table, entry.action.value) for entry in entries)


def last_entry() -> int:
    return db.session.scalar(select(AuditEntry.id).order_by(AuditEntry.id.desc()).limit(1)) or 0


def test_a_new_room_is_kept_and_its_hours_are_asked_next(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(f"/desk/venues/{town.library.id}/rooms/new", room_form())
    assert page.heading == "Hours of 书画教室"
    room = db.session.scalars(select(Room).where(Room.name == "书画教室")).one()
    assert (room.venue_id, room.capacity, room.turnaround_minutes, room.fee) == (town.library.id, 30, 20, 50)
    assert [feature.code for feature in room.features] == ["mirror", "wifi"]
    assert windows(room) == []
    shown = {e.get("name"): e.get("value") for e in page.elements("input")}
    assert shown["hours-0"] == "08:30-21:00", "the hours of the other room are offered"
    assert "Shown are those of 阅览室" in page.text
    coordinator.post(f"/desk/venues/rooms/{room.id}/hours", {"hours-0": "09:00-12:00"})
    assert windows(room) == [(0, 540, 720)]


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""}, {"name": "阅览室"}, {"capacity": 0}, {"capacity": 5001}, {"capacity": "many"}, {"capacity": ""},
        {"turnaround_minutes": -1}, {"turnaround_minutes": 241}, {"fee": -5}, {"fee": "1.5"},
        {"features": ["swimming pool"]},
    ],
)
def test_a_room_with_a_wrong_entry_is_refused(coordinator: PageClient, town: Town, change: dict[str, object]) -> None:
    page = coordinator.post(f"/desk/venues/{town.library.id}/rooms/new", room_form(**change))
    assert "Please mend this first" in page.text
    assert db.session.scalars(select(Room.name).order_by(Room.id)).all() == ["阅览室", "排练厅"]


def test_editing_a_room_shows_and_changes_its_facts_but_not_its_hours(coordinator: PageClient, town: Town) -> None:
    hall = town.hall
    before = windows(hall)
    page = coordinator.get(f"/desk/venues/rooms/{hall.id}/edit")
    ticked = {e.get("value") for e in page.elements("input") if e.get("type") == "checkbox" and "checked" in e.attrib}
    assert ticked == {"mirror", "wifi"}
    coordinator.post(f"/desk/venues/rooms/{hall.id}/edit", room_form(name="小排练厅", features=["mirror"]))
    db.session.expire_all()
    assert (hall.name, hall.capacity, [feature.code for feature in hall.features]) == ("小排练厅", 30, ["mirror"])
    assert windows(hall) == before


def test_an_assumed_room_loses_its_mark_only_when_it_was_checked(coordinator: PageClient, town: Town) -> None:
    town.hall.assumed = True
    db.session.commit()
    url = f"/desk/venues/rooms/{town.hall.id}"
    coordinator.post(f"{url}/edit", room_form())
    assert "made up or completed" in coordinator.get(url).text
    page = coordinator.post(f"{url}/edit", room_form(checked="y"))
    assert "made up or completed" not in page.text


def test_hours_are_replaced_and_only_what_changed_is_in_the_trail(coordinator: PageClient, town: Town) -> None:
    last = last_entry()
    changed = {**WEEKDAYS, "hours-1": "08:30-12:00, 14：00至17：30", "hours-6": ""}
    page = coordinator.post(f"/desk/venues/rooms/{town.hall.id}/hours", changed)
    assert page.heading == "排练厅"
    assert "08:30–12:00, 14:00–17:30" in page.text
    expected = [(day, 510, 1260) for day in (0, 2, 3, 4, 5)] + [(1, 510, 720), (1, 840, 1050)]
    assert windows(town.hall) == sorted(expected)
    assert trail_since(last) == sorted([("room_windows", "create")] * 2 + [("room_windows", "delete")] * 2)


def test_closed_dates_are_kept_with_their_notes_and_can_be_changed(coordinator: PageClient, town: Town) -> None:
    url = f"/desk/venues/rooms/{town.hall.id}/hours"
    coordinator.post(url, {**WEEKDAYS, "closures": "2099-07-01~2099-07-03 暑假\n2099-05-01"})
    assert closures(town.hall) == [
        ("2099-05-01", ""), ("2099-07-01", "暑假"), ("2099-07-02", "暑假"), ("2099-07-03", "暑假"),
    ]
    page = coordinator.get(url)
    assert page.elements("textarea")[0].text.strip() == "2099-05-01\n2099-07-01~2099-07-03 暑假"
    last = last_entry()
    page = coordinator.post(url, {**WEEKDAYS, "closures": "2099-07-02 修缮\n2099-05-01"})
    assert closures(town.hall) == [("2099-05-01", ""), ("2099-07-02", "修缮")]
    assert trail_since(last) == [("room_closures", "delete"), ("room_closures", "delete"), ("room_closures", "update")]
    assert "Thursday, July 2, 2099 修缮" in page.text


def test_some_hours_of_a_date_can_be_closed(coordinator: PageClient, town: Town) -> None:
    url = f"/desk/venues/rooms/{town.hall.id}/hours"
    text = "2099-07-01 9:00-12:00 盘点；2099-07-01 14:00-15:00\n2099-07-02"
    page = coordinator.post(url, {**WEEKDAYS, "closures": text})
    assert "Wednesday, July 1, 2099 09:00-12:00 盘点" in page.text
    rows = db.session.scalars(select(RoomClosure).where(RoomClosure.room_id == town.hall.id)).all()
    assert sorted((row.date.day, *row.span, row.whole_day) for row in rows) == [
        (1, 540, 720, False), (1, 840, 900, False), (2, 0, 1440, True),
    ]
    written = "2099-07-01 09:00-12:00 盘点\n2099-07-01 14:00-15:00\n2099-07-02"
    assert coordinator.get(url).elements("textarea")[0].text.strip() == written
    last = last_entry()
    coordinator.post(url, {**WEEKDAYS, "closures": written.replace("12:00", "13:00")})
    assert trail_since(last) == [("room_closures", "update")], "the others stay the rows that they were"


def test_no_date_of_a_list_is_lost(coordinator: PageClient, town: Town) -> None:
    url = f"/desk/venues/rooms/{town.hall.id}/hours"
    coordinator.post(url, {**WEEKDAYS, "closures": "2099-05-08，2099-05-15，05-22 停电"})
    assert closures(town.hall) == [("2099-05-08", "停电"), ("2099-05-15", "停电"), ("2099-05-22", "停电")]
    page = coordinator.post(url, {**WEEKDAYS, "closures": "2099-05-08 moved to 2099-05-09"})
    assert "“moved to 2099-05-09” looks like a date or an hour that is not understood here" in page.text


def test_wrong_hours_change_nothing_and_stay_to_be_mended(coordinator: PageClient, town: Town) -> None:
    before = windows(town.hall)
    url = f"/desk/venues/rooms/{town.hall.id}/hours"
    page = coordinator.post(url, {**WEEKDAYS, "hours-2": "12:00-09:00", "closures": "never"})
    assert "Wednesday: “12:00-09:00” ends before it starts." in page.text
    assert "Line 1: “never” is not a date." in page.text
    assert page.elements("textarea")[0].text.strip() == "never"
    assert windows(town.hall) == before


def test_bookings_that_no_longer_fit_the_hours_are_named(coordinator: PageClient, town: Town) -> None:
    plan = build_plan(town)
    reading = build_bookings(plan)[0]  # Tuesdays 9:00 to 10:30, ten weeks from 2 March 2027
    monday = date(2099, 3, 2) - timedelta(days=date(2099, 3, 2).weekday())
    for week, session in enumerate(reading.sessions):
        session.date = monday + timedelta(weeks=week, days=1)
    db.session.commit()
    page_url = f"/desk/venues/rooms/{town.reading_room.id}"
    assert "Booked while closed" not in coordinator.get(page_url).text
    second = reading.sessions[1].date
    page = coordinator.post(f"{page_url}/hours", {**WEEKDAYS, "closures": str(second)})
    assert "1 booked session falls on hours when the room is closed" in page.text
    assert f"{second:%A, %B} {second.day}, {second.year}, 09:00–10:30: 锦屏街道·书法 1 班" in page.text
    page = coordinator.post(f"{page_url}/hours", {**WEEKDAYS, "closures": f"{second} 10:00-11:00"})
    assert "1 booked session falls on hours when the room is closed" in page.text, "9:00 to 10:30 is touched"
    page = coordinator.post(f"{page_url}/hours", {**WEEKDAYS, "closures": f"{second} 10:30-12:00, 7:00-9:00"})
    assert "Booked while closed" not in page.text
    page = coordinator.post(f"{page_url}/hours", {**WEEKDAYS, "hours-1": "09:30-21:00", "closures": str(second)})
    assert "10 booked sessions fall on hours when the room is closed" in page.text
    for session in reading.sessions:
        session.holds = False
    db.session.commit()
    assert "Booked while closed" not in coordinator.get(page_url).text


def test_a_manager_sets_hours_of_their_rooms_and_nothing_else(manager: PageClient, town: Town) -> None:
    room = town.reading_room
    page = manager.get(f"/desk/venues/rooms/{room.id}")
    assert [link for link in page.links if link.endswith("/hours")]
    assert not [link for link in page.links if link.endswith("/edit")]
    manager.post(f"/desk/venues/rooms/{room.id}/hours", {"hours-5": "09:00-17:00", "closures": "2099-10-01 国庆"})
    assert (windows(room), closures(room)) == ([(5, 540, 1020)], [("2099-10-01", "国庆")])
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None and entry.user is not None and entry.user.username == "library"
    for path in ("/edit", "/archive"):
        manager.post(f"/desk/venues/rooms/{room.id}{path}", room_form(), status=403)
    manager.post(f"/desk/venues/{town.library.id}/rooms/new", room_form(), status=403)
    for path in ("", "/hours"):
        manager.get(f"/desk/venues/rooms/{town.hall.id}{path}", status=404)
    manager.post(f"/desk/venues/rooms/{town.hall.id}/hours", {"hours-5": "09:00-17:00"}, status=404)
    assert len(windows(town.hall)) == 7


def test_rooms_outside_the_subtree_are_unknown(app: object, town: Town) -> None:
    street = sign_in_as(app, "street")  # type: ignore[arg-type]
    for path in ("", "/edit", "/hours"):
        street.get(f"/desk/venues/rooms/{town.hall.id}{path}", status=404)
    street.post(f"/desk/venues/rooms/{town.hall.id}/archive", status=404)
    street.post(f"/desk/venues/{town.station.id}/rooms/new", room_form(), status=404)
    db.session.expire_all()
    assert not town.hall.archived


def test_an_archived_room_leaves_the_table_and_comes_back(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(f"/desk/venues/rooms/{town.hall.id}/archive")
    undo = next(form.get("action") for form in page.elements("form") if "restore=1" in (form.get("action") or ""))
    assert "No rooms yet" in page.text and "1 archived room" in page.text
    assert "No new plan uses this room" in coordinator.get(f"/desk/venues/rooms/{town.hall.id}").text
    page = coordinator.post(undo)
    assert "1 archived room" not in page.text
    db.session.expire_all()
    assert not town.hall.archived


def test_the_venue_sums_up_each_rooms_hours(coordinator: PageClient, town: Town) -> None:
    assert "daily 08:30–21:00" in coordinator.get(f"/desk/venues/{town.station.id}").text
    week = {"hours-0": "09:00-12:00", "hours-1": "09:00-12:00", "hours-2": "09:00-12:00", "hours-5": "14:00-17:30"}
    coordinator.post(f"/desk/venues/rooms/{town.hall.id}/hours", week)
    assert "Mon to Wed 09:00–12:00; Sat 14:00–17:30" in coordinator.get(f"/desk/venues/{town.station.id}").text
    coordinator.post(f"/desk/venues/rooms/{town.hall.id}/hours", {f"hours-{day}": "" for day in range(7)})
    assert "no hours yet" in coordinator.get(f"/desk/venues/{town.station.id}").text


def test_what_rooms_can_have_grows_and_is_offered_at_once(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post("/desk/venues/features", {"name_zh": "多媒体 投影", "name_en": "Video projector (HD)"})
    rows = [" ".join("".join(row.itertext()).split()) for row in page.elements("tr")]
    assert "多媒体 投影 Video projector (HD) 0" in rows and "无线网络 Wi-Fi 2" in rows
    assert db.session.get(Feature, "video_projector_hd") is not None
    assert "Video projector (HD)" in coordinator.get(f"/desk/venues/rooms/{town.hall.id}/edit").text
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None and (entry.table, entry.row, entry.action) == ("features", "video_projector_hd", "create")


@pytest.mark.parametrize(
    "entry",
    [
        {"name_zh": "", "name_en": "x"}, {"name_zh": "无线网络", "name_en": "radio"},
        {"name_zh": "网", "name_en": "WIFI"},
    ],
)
def test_the_same_thing_is_not_listed_twice(coordinator: PageClient, town: Town, entry: dict[str, str]) -> None:
    page = coordinator.post("/desk/venues/features", entry)
    assert "Please mend this first" in page.text
    assert set(db.session.scalars(select(Feature.code))) == {"wifi", "mirror"}


def test_only_an_administrator_renames_what_all_rooms_share(
    administrator: PageClient, coordinator: PageClient, town: Town
) -> None:
    coordinator.get("/desk/venues/features/wifi", status=403)
    administrator.get("/desk/venues/features/unknown", status=404)
    administrator.post("/desk/venues/features/wifi", {"name_zh": "无线网", "name_en": "WLAN"})
    page = administrator.post("/desk/venues/features/mirror", {"name_zh": "无线网", "name_en": "mirror"})
    assert "There is already something with this name." in page.text
    names = {feature.code: feature.name_zh for feature in db.session.scalars(select(Feature))}
    assert names == {"wifi": "无线网", "mirror": "镜面墙"}
    assert "WLAN" in administrator.get(f"/desk/venues/rooms/{town.hall.id}").text
