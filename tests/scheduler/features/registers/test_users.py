"""Users, their roles and the audit trail, as an administrator keeps them."""

import io
from datetime import UTC, datetime

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import insert, select

from scheduler.core.database import column_values
from scheduler.core.extensions import db
from scheduler.models import Action, AuditEntry, Grant, Level, Role, Teacher, TeacherWindow, Unit, User
from tests.client import PageClient
from tests.factories import Town, sign_in_as
from tests.scheduler.jobs import queue_planning
from tests.scheduler.signing_in import ANOTHER, edit, is_signed_in, latest_entry, sign_in


def test_a_new_user_can_sign_in_and_is_asked_for_a_role(app: Flask, administrator: PageClient) -> None:
    form = {"username": "Station-2", "name": "文化站", "password": ANOTHER}
    page = administrator.post("/desk/users/new", form)
    assert page.heading == "station-2" and "No role yet" in page.text
    created = latest_entry()
    assert (created.action, created.table) == (Action.CREATE, "users")
    assert not {"password_hash", "session_key"} & set(created.changes)
    client = PageClient(app.test_client())
    sign_in(client, "station-2", ANOTHER)
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"username": "Coordinator"}, "This user name is already taken."),
        ({"username": "with blank"}, "Use letters, digits, dots, dashes and underscores."),
        ({"name": " "}, "Fill in “Name of the role or desk”."),
        ({"password": "short"}, "A password has 10 to 200 characters."),
    ],
)
def test_a_user_that_cannot_be_is_refused_at_the_field(
    administrator: PageClient, changes: dict[str, str], message: str
) -> None:
    number = len(db.session.scalars(select(User.id)).all())
    page = administrator.post("/desk/users/new", {"username": "new", "name": "New", "password": ANOTHER, **changes})
    assert message in page.text
    assert len(db.session.scalars(select(User.id)).all()) == number


def test_a_locked_user_loses_their_session_at_once_and_cannot_come_back(
    app: Flask, administrator: PageClient, town: Town
) -> None:
    library = sign_in_as(app, "library")
    user = town.users["library"]
    administrator.post(f"/desk/users/{user.id}", {"name": user.name})
    assert not is_signed_in(library)
    assert "User name or password is wrong." in sign_in(library, "library").text
    administrator.post(f"/desk/users/{user.id}", edit(user))
    assert not is_signed_in(library), "the old session stays ended when she may sign in again"
    sign_in(library, "library")
    assert is_signed_in(library)


def test_a_password_set_by_an_administrator_ends_all_sessions(
    app: Flask, administrator: PageClient, town: Town
) -> None:
    library = sign_in_as(app, "library")
    user = town.users["library"]
    administrator.post(f"/desk/users/{user.id}", edit(user, name="Front desk"))
    assert is_signed_in(library), "another name alone ends nothing"
    administrator.post(f"/desk/users/{user.id}", edit(user, password=ANOTHER))
    assert not is_signed_in(library)


def test_an_administrator_cannot_lock_themselves_out(administrator: PageClient, town: Town) -> None:
    user = town.users["administrator"]
    page = administrator.post(f"/desk/users/{user.id}", {"name": user.name})
    assert "You cannot lock your own account." in page.text
    assert is_signed_in(administrator)


def test_users_are_found_by_name_and_role(administrator: PageClient) -> None:
    def names(query: str) -> list[str]:
        page = administrator.get(f"/desk/users?{query}")
        return [link.rsplit("/", 1)[1] for link in page.links if link.startswith("/desk/users/") and link[-1].isdigit()]

    assert len(names("")) == 6
    assert len(names("q=COORD")) == 1
    assert len(names("role=coordinator")) == 2
    assert names("q=coord&role=teacher") == []
    assert "Nobody found" in administrator.get("/desk/users?q=%25").text


# ---- roles


def roles_of(user: User) -> set[tuple[Role, int | None, int | None, int | None]]:
    db.session.expire_all()
    return {(grant.role, grant.unit_id, grant.venue_id, grant.teacher_id) for grant in user.grants}


def test_each_role_is_given_at_its_place_and_can_be_taken_away(administrator: PageClient, town: Town) -> None:
    user = town.users["resident"]
    places = {Role.COORDINATOR: town.street.id, Role.VENUE_MANAGER: town.station.id, Role.TEACHER: town.volunteer.id}
    for role in Role:
        if role is not Role.RESIDENT:
            data = {"place": places[role]} if role in places else {}
            assert "The role is given." in administrator.post(f"/desk/users/{user.id}/roles/{role}", data).text
    assert roles_of(user) == {
        (Role.ADMINISTRATOR, None, None, None), (Role.COORDINATOR, town.street.id, None, None),
        (Role.VENUE_MANAGER, None, town.station.id, None), (Role.TEACHER, None, None, town.volunteer.id),
        (Role.RESIDENT, None, None, None),
    }
    for grant in list(user.grants):
        administrator.post(f"/desk/grants/{grant.id}/revoke")
    assert roles_of(user) == set()


def test_a_role_takes_effect_at_the_next_page(app: Flask, administrator: PageClient, town: Town) -> None:
    user, resident = town.users["resident"], sign_in_as(app, "resident")
    resident.get("/desk/network", status=403)
    administrator.post(f"/desk/users/{user.id}/roles/coordinator", {"place": town.street.id})
    resident.get("/desk/network")
    given = db.session.scalars(select(Grant).where(Grant.user_id == user.id, Grant.role == Role.COORDINATOR)).one()
    administrator.post(f"/desk/grants/{given.id}/revoke")
    resident.get("/desk/network", status=403)


@pytest.mark.parametrize("place", ["", "999999", "x"])
def test_a_role_without_its_place_is_refused(administrator: PageClient, town: Town, place: str) -> None:
    user = town.users["resident"]
    administrator.post(f"/desk/users/{user.id}/roles/coordinator", {"place": place})
    assert {role for role, *_place in roles_of(user)} == {Role.RESIDENT}


def test_of_very_many_teachers_those_of_a_county_are_offered(administrator: PageClient, town: Town) -> None:
    facts = {name: value for name, value in column_values(town.volunteer).items() if name != "id"}
    db.session.execute(insert(Teacher), [{**facts, "name": f"教师 {number}"} for number in range(1001)])
    elsewhere = Unit(
        code="330299", name="邻县", level=Level.COUNTY, parent=town.city, path=f"{town.city.path}330299/"
    )
    db.session.add(elsewhere)
    db.session.commit()
    address = f"/desk/users/{town.users['resident'].id}/roles/teacher"
    first = administrator.get(address)
    assert "place" not in {field.get("name") for field in first.elements("select")}
    units = {option.get("value") for option in first.elements("option")}
    assert str(town.district.id) in units and str(town.city.id) not in units
    assert "For which unit?" in administrator.get(f"{address}?unit={town.city.id}").text
    offered = {unit: administrator.get(f"{address}?unit={unit}").text for unit in (town.district.id, elsewhere.id)}
    assert town.volunteer.name in offered[town.district.id]
    assert town.volunteer.name not in offered[elsewhere.id]
    administrator.post(f"{address}?unit={town.district.id}", {"place": town.volunteer.id})
    assert (Role.TEACHER, None, None, town.volunteer.id) in roles_of(town.users["resident"])


def test_the_same_role_is_not_given_twice(administrator: PageClient, town: Town) -> None:
    for username, role, data in (
        ("coordinator", "coordinator", {"place": town.district.id}), ("resident", "resident", {}),
    ):
        user = town.users[username]
        page = administrator.post(f"/desk/users/{user.id}/roles/{role}", data)
        assert "The user already has this role there." in page.text
        assert len(roles_of(user)) == 1


def test_an_unknown_role_does_not_exist(administrator: PageClient, town: Town) -> None:
    administrator.get(f"/desk/users/{town.users['resident'].id}/roles/emperor", status=404)


def test_the_administrators_own_role_stays(administrator: PageClient, town: Town) -> None:
    user = town.users["administrator"]
    page = administrator.post(f"/desk/grants/{user.grants[0].id}/revoke")
    assert "You cannot take the administrator role from yourself." in page.text
    assert roles_of(user) == {(Role.ADMINISTRATOR, None, None, None)}


# ---- the audit trail


def test_the_trail_shows_who_changed_what_and_can_be_narrowed(administrator: PageClient, town: Town) -> None:
    user = town.users["library"]
    administrator.post(f"/desk/users/{user.id}", edit(user, name="Front desk"))
    whole = administrator.get("/desk/audit").text
    assert "Library → Front desk" in whole and "signed in" in whole
    narrowed = {
        "q=administrator": True, "q=coordinator": False, "table=users": True, "table=venues": False,
        f"table=users&row={user.id}": True, "table=users&row=999": False, "action=update": True, "action=delete": False,
        "action=nonsense": True,
    }
    for query, listed in narrowed.items():
        assert ("Library → Front desk" in administrator.get(f"/desk/audit?{query}").text) is listed, query
    assert "Nothing recorded" in administrator.get("/desk/audit?q=nobody-like-this").text


def test_the_trail_calls_what_it_is_about_by_its_name(administrator: PageClient, town: Town) -> None:
    town.teacher.windows.append(TeacherWindow(weekday=6, start_minute=540, end_minute=600))
    town.library.name = "新图书馆"
    db.session.commit()
    page = administrator.get("/desk/audit?table=venues")
    assert "venue 新图书馆" in page.text
    assert town.teacher.name in administrator.get("/desk/audit?table=teacher_windows").text


def test_the_trail_is_narrowed_to_days_of_this_place(administrator: PageClient, town: Town) -> None:
    late = datetime(2027, 3, 1, 23, 30, tzinfo=UTC)  # the second of March in Shanghai
    entry = AuditEntry(action=Action.UPDATE, table="venues", row=str(town.library.id), changes={"x": [1, 2]}, at=late)
    db.session.add(entry)
    db.session.commit()
    of_row = f"/desk/audit?table=venues&row={town.library.id}"
    for dates, listed in (
        ("first=2027-03-02", True), ("last=2027-03-01", False), ("first=2027-03-02&last=2027-03-02", True),
        ("first=2027-03-03", False), ("first=nonsense&last=", True), ("first=9999-99-99", True),
    ):
        assert ("1 → 2" in administrator.get(f"{of_row}&{dates}").text) is listed, dates


def test_the_trail_leaves_as_a_workbook(administrator: PageClient, town: Town) -> None:
    town.library.phone, town.library.contact = "0574-88580000", "=1+1"
    db.session.commit()
    response = administrator.download("/desk/audit.xlsx?table=venues&action=update")
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.data))
    headings, *rows = book.get_sheet_by_index(0).to_python()
    assert headings == ["When", "Who", "Kind of change", "Entry", "Value", "Before", "After"]
    assert [row[1:] for row in rows] == [
        ["the system", "changed", "venue 奉化区图书馆", "contact", "", "=1+1"],
        ["the system", "changed", "venue 奉化区图书馆", "phone", "", "0574-88580000"],
    ]


def test_the_trail_knows_a_table_by_the_name_it_had_before(administrator: PageClient, town: Town) -> None:
    job = queue_planning(town)
    entry = AuditEntry(action=Action.UPDATE, table="solve_runs", row=str(job.id), changes={"status": [None, "stopped"]})
    db.session.add(entry)
    db.session.commit()
    for name in ("jobs", "solve_runs"):
        page = administrator.get(f"/desk/audit?table={name}&row={job.id}").text
        assert f"Only the history of planning run {job.id}" in page and "stopped" in page and "queued" in page
