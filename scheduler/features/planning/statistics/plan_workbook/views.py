"""Hands out a plan as a workbook, that of a large one once it has been written."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Final

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import current_user

from scheduler.core.downloads import name_download
from scheduler.core.extensions import db
from scheduler.domain.plans import plan_in
from scheduler.domain.workflow import term_path
from scheduler.features.planning.statistics.plan_workbook import queries, writing_jobs
from scheduler.features.planning.statistics.plan_workbook.book import filename, write_plan
from scheduler.models import Plan, Role
from scheduler.web.access import current_scope, requires

blueprint = Blueprint("plan_workbook", __name__, url_prefix="/desk")
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK: Final = 256 * 1024


@blueprint.get("/plans/<int:plan_id>/plan.xlsx")
@requires(Role.COORDINATOR)
def download(plan_id: int) -> ResponseReturnValue:
    """The plan with its dated sessions, and what is due to teachers, venues and units."""
    plan = plan_in(current_scope(), plan_id)
    key, sections = _key(plan), queries.number_placed(plan)
    file = writing_jobs.fetched(key)
    if file is None and sections > writing_jobs.AT_ONCE:
        _begin(plan, key, sections)
        return redirect(url_for("plan_workbook.progress", plan_id=plan.id), 303)
    if file is None:
        file = TemporaryFile()  # noqa: SIM115 - the response reads it to its end and closes it
        write_plan(plan, current_scope(), file)
    return _response(file, filename(plan))


@blueprint.get("/plans/<int:plan_id>/plan.xlsx/progress")
@requires(Role.COORDINATOR)
def progress(plan_id: int) -> ResponseReturnValue:
    """How far a large workbook is written, for a page that asks again and again; at its end the file."""
    plan = plan_in(current_scope(), plan_id)
    job = writing_jobs.of(_key(plan))
    target = url_for("plan_workbook.download", plan_id=plan.id)
    part = "HX-Request" in request.headers
    if job is None and not part:
        return redirect(url_for("planning.plan", plan_id=plan.id), 303)
    template = "plan_workbook/_progress.html" if part else "plan_workbook/progress.html"
    return render_template(template, plan=plan, job=job, target=target, term_path=term_path(plan.term, "plan"))


def _key(plan: Plan) -> writing_jobs.JobKey:
    return writing_jobs.key_of(plan.id, int(current_user.id), str(get_locale()))


def _begin(plan: Plan, key: writing_jobs.JobKey, sections: int) -> None:
    """Write in a thread, which reads the plan anew in a transaction of its own."""
    scope, plan_id = current_scope(), plan.id
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def work(job: writing_jobs.PlanWorkbookJob, file: IO[bytes]) -> None:
        write_plan(db.session.get_one(Plan, plan_id), scope, file, job.watch)

    writing_jobs.begin(app, key, sections, work)


def _response(file: IO[bytes], name: str) -> Response:
    response = Response(_chunks(file), mimetype=WORKBOOK)
    response.content_length = file.tell()
    name_download(response, name)
    return response


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk
