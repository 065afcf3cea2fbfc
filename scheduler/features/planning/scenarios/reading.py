"""Pages of a scenario while the term is read that it is held against, which takes seconds for a large one."""

from flask import render_template, request, url_for

from scheduler.domain.workflow import term_path
from scheduler.features.planning.scenarios import queries
from scheduler.models import Scenario


def at_hand(scenario: Scenario) -> bool:
    """Whether a page may hold the scenario against its term: that is done quickly, or it was asked for."""
    return queries.shown_at_once(scenario) or "look" in request.args


def reading_page(scenario: Scenario) -> str:
    """The page that comes at once and fetches the one that was asked for."""
    look = url_for(str(request.endpoint), **{**(request.view_args or {}), "look": 1})
    return render_template(
        "scenarios/reading.html", scenario=scenario, term=scenario.term, look=look,
        term_path=term_path(scenario.term, "plan"),
    )
