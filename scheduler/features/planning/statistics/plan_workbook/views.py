"""Hands out a plan as a workbook."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Final

from flask import Blueprint, Response

from scheduler.domain.plans import plan_in
from scheduler.features.planning.statistics.plan_workbook.book import filename, write_plan
from scheduler.models import Role
from scheduler.web.access import current_scope, requires

blueprint = Blueprint("plan_workbook", __name__, url_prefix="/desk")
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK: Final = 256 * 1024


@blueprint.get("/plans/<int:plan_id>/plan.xlsx")
@requires(Role.COORDINATOR)
def download(plan_id: int) -> Response:
    """The plan with its dated sessions, and what is due to teachers, venues and units."""
    plan = plan_in(current_scope(), plan_id)
    file = TemporaryFile()  # noqa: SIM115 - the response reads it to its end and closes it
    write_plan(plan, current_scope(), file)
    response = Response(_chunks(file), mimetype=WORKBOOK)
    response.content_length = file.tell()
    response.headers.set("Content-Disposition", "attachment", filename=filename(plan))
    return response


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk
