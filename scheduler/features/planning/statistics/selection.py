"""What a chart's address asks for; what makes no sense there is left out."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import request, url_for

from scheduler.core.row_ids import row_id
from scheduler.domain.plans import plan_seen
from scheduler.features.planning.statistics.counties import counties_of
from scheduler.features.planning.statistics.map_drawing import Show
from scheduler.features.planning.statistics.queries import Narrowed, unit_within
from scheduler.models import Plan, TeacherKind, Unit, VenueKind
from scheduler.web.access import Scope, current_scope

K = TypeVar("K", bound=StrEnum)


@dataclass(frozen=True)
class PlanSelection:
    """A plan within the user's scope, narrowed to a unit, a venue or a kind; ``sort`` orders the table."""

    scope: Scope
    plan: Plan
    narrowed: Narrowed
    show: Show
    sort: str
    counties: list[Unit]
    """Those that the chart shows as one part each; empty where it shows what is within a county."""

    @property
    def unit(self) -> Unit | None:
        """The unit that the chart is narrowed to."""
        return self.narrowed.unit

    def url(self, endpoint: str | None = None, **changes: Any) -> str:
        """The address of the same chart, or of another one of the plan, with some of what is asked for changed."""
        present = {
            "unit": self.unit.id if self.unit is not None else None,
            "venue": self.narrowed.venue_id,
            "kind": self.narrowed.venue_kind or self.narrowed.teacher_kind,
            "show": None if self.show is Show.COVERAGE else self.show,
            "sort": self.sort or None,
        }
        return url_for(endpoint or str(request.endpoint), plan_id=self.plan.id, **{**present, **changes})

    def county(self, of: int) -> str:
        """The address of the same chart of one county."""
        return self.url(unit=of, sort=None)

    def timetable(self, view: str, of: int) -> str:
        """The address of the timetable of one community, room or teacher in this plan."""
        return url_for("timetable.show", term_id=self.plan.term_id, plan=self.plan.id, view=view, of=of)


def requested_selection(plan_id: int) -> PlanSelection:
    """The request's plan and narrowing; 404 for a plan or unit that the user may not see."""
    scope = current_scope()
    plan = plan_seen(scope, plan_id)
    narrowed = Narrowed(
        unit=unit_within(scope, plan.term, request.args.get("unit", type=row_id)),
        venue_id=request.args.get("venue", type=row_id),
        venue_kind=request.args.get("kind", type=VenueKind),
        teacher_kind=request.args.get("kind", type=TeacherKind),
    )
    show = request.args.get("show", Show.COVERAGE, type=Show)
    counties = [] if narrowed.venue_id else counties_of(scope, plan.term, narrowed.unit)
    return PlanSelection(scope, plan, narrowed, show, request.args.get("sort", "")[:40], counties)
