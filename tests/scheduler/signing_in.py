"""Signing in, and what shows that it worked."""


from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.models import AuditEntry, User
from tests.client import Page, PageClient
from tests.factories import PASSWORD

ANOTHER = "another password for tests"


def sign_in(client: PageClient, username: str, password: str = PASSWORD, query: str = "") -> Page:
    return client.post(f"/sign-in{query}", {"username": username, "password": password})


def latest_entry() -> AuditEntry:
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    return entry


def is_signed_in(client: PageClient) -> bool:
    return client.client.get("/desk/password").status_code == 200


def edit(user: User, **changes: object) -> dict[str, object]:
    return {"name": user.name, "active": "y", **changes}


# ---- signing in and out
