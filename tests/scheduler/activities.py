"""Series, events and plans as the tests of activities make them."""

from typing import Any

import solver
from scheduler.extensions import db
from scheduler.models import Plan
from scheduler.solving.outcome import save_draft
from scheduler.solving.snapshot import term_document
from tests.client import Page
from tests.factories import Town

ROUNDS = 20


def address(town: Town, rest: str = "") -> str:
    return f"/desk/terms/{town.term.id}/activities{rest}"


def series_form(town: Town, **changes: Any) -> dict[str, Any]:
    """A calligraphy corner for every community of the district, at least every four weeks."""
    return {
        "title_zh": "家庭教育指导站", "title_en": "Family education station", "content": town.course.id,
        "at_least_every": 4, "unit": town.district.id, "people": 15, "fewest": 10, "most": 40, "priority": 4, **changes,
    }


def hidden(page: Page, name: str) -> str:
    """The value of a hidden input that only one form of the page has."""
    return next(str(entry.get("value")) for entry in page.elements("input") if entry.get("name") == name)


def undo_address(page: Page) -> str:
    """Where the button “Undo” of a message posts to."""
    forms = [form for form in page.elements("form") if "Undo" in "".join(form.itertext())]
    return str(forms[0].get("action"))


def planned(town: Town) -> Plan:
    """A draft that the planner makes of the term as it is, the same on every machine."""
    db.session.expire_all()
    document = term_document(town.term)
    result = solver.solve(document, solver.Settings(seconds=600, workers=1, seed=1, max_rounds=ROUNDS, bound_share=0))
    assert result.plan is not None
    draft = save_draft(town.term, document, result.plan)
    db.session.commit()
    return draft
