"""Pages that hand registers out as workbooks and take them back."""

import io
from pathlib import PurePath

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext as _, ngettext
from flask_login import current_user

from scheduler.core.downloads import name_download
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.core.transaction import transaction
from scheduler.domain.workflow import path_for
from scheduler.models import Import, Role, RowState, Term
from scheduler.web.access import Scope, current_scope, requires
from scheduler.web.flash import flash_with_undo, redirect_with
from scheduler.web.navigation import belongs_to
from scheduler.web.pagination import paginate
from scheduler.web.read_only import reads_only
from scheduler.workbooks import import_jobs, operations, queries
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.forms import ApplyForm, WorkbookUploadForm
from scheduler.workbooks.places import WorkbookPlace
from scheduler.workbooks.registers import REGISTERS, sheets
from scheduler.workbooks.undo import undo as take_back
from scheduler.workbooks.uploads.column_choices import chosen_columns, questions
from scheduler.workbooks.uploads.marking import marks_of, write_marked
from scheduler.workbooks.uploads.notes import sentences
from scheduler.workbooks.uploads.reading import MAXIMUM_BYTES, raw_sheets
from scheduler.workbooks.writing import workbook

blueprint = Blueprint("workbooks", __name__, url_prefix="/desk")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route("/excel/<name>", methods=["GET", "POST"], defaults={"term_id": None})
@blueprint.route("/terms/<int:term_id>/excel/<name>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def start(name: str, term_id: int | None) -> ResponseReturnValue:
    """Download a register, or an empty workbook for it, and upload it again."""
    place = WorkbookPlace(name, queries.term_of(current_scope(), term_id))
    form = WorkbookUploadForm()
    if form.validate_on_submit() and (imported := form.apply(lambda: _upload(place, form))):
        return redirect(url_for("workbooks.show", import_id=imported.id), 303)
    recent = queries.recent(current_user.id, name, place.term)
    return render_template(
        "workbooks/start.html", place=place, form=form, recent=recent, term_path=_path(current_scope(), place.term)
    )


def _path(scope: Scope, term: Term | None) -> object:
    return None if term is None else path_for(scope, term, "ready")


def _upload(place: WorkbookPlace, form: WorkbookUploadForm) -> Import:
    with form.file.data.stream as stream:
        content = stream.read(MAXIMUM_BYTES + 1)
    filename = str(form.file.data.filename or "")
    return operations.upload(content, filename, place.registers, place.name, place.term, current_user.id)


@blueprint.get("/excel/<name>.xlsx", defaults={"term_id": None})
@blueprint.get("/terms/<int:term_id>/excel/<name>.xlsx")
@requires(Role.COORDINATOR)
def download(name: str, term_id: int | None) -> Response:
    """The register as a workbook, or with ``template`` an empty one."""
    term, empty = queries.term_of(current_scope(), term_id), request.args.get("template") == "1"
    names = Directory(current_scope(), term, lambda _kind, _text: None)
    response = Response(workbook(sheets(name, term), names, not empty), mimetype=WORKBOOK)
    filename = f"{name}-{'template' if empty else 'register'}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@blueprint.get("/imports/<int:import_id>")
@requires(Role.COORDINATOR)
def show(import_id: int) -> str:
    """What an uploaded workbook would change, row by row; those to be mended first."""
    imported = queries.import_of(current_user.id, import_id)
    if (ended := import_jobs.ended(imported.id)) is not None:
        _tell_end(imported.id, ended)
    return _show(imported, ApplyForm())


def _tell_end(import_id: int, ended: import_jobs.ImportJob) -> None:
    if ended.taken is not None:
        _tell(import_id, ended.taken)
    elif ended.stop.is_set():
        flash(_("Stopped. Nothing was changed."), "info")
    else:
        flash(ended.problem or _("Something went wrong. Nothing was changed; try again."), "error")


def _show(imported: Import, form: ApplyForm) -> str:
    filters, place = queries.filters_of(request.args), WorkbookPlace(imported.register, imported.term)
    belongs_to(place.url)
    return render_template(
        "workbooks/show.html", imported=imported, place=place, form=form,
        counts=queries.counts(imported), filters=filters, states=[state for state in RowState if state != "pending"],
        page=paginate(queries.rows(imported, filters)), registers=REGISTERS,
        required={register.name: register.required() for register in place.registers}, open=queries.is_open(imported),
        term_path=_path(current_scope(), imported.term), undertaking=import_jobs.of(imported.id),
        **_of_file(imported),
    )


def _of_file(imported: Import) -> dict[str, object]:
    """What was passed over in the file, and what is asked about its headings."""
    file = queries.file_of(imported)
    notes = [] if file is None else sentences(file.notes)
    return {"has_file": file is not None, "notes": notes, "questions": questions(file)}


@blueprint.post("/imports/<int:import_id>/columns")
@requires(Role.COORDINATOR)
@transaction
def columns(import_id: int) -> ResponseReturnValue:
    """Read the file once more, with the columns chosen for its unknown headings, which are remembered."""
    imported, form = queries.import_of(current_user.id, import_id), ApplyForm()
    place = WorkbookPlace(imported.register, imported.term)
    file = queries.file_of(imported)
    read = form.apply(
        lambda: operations.read_again(imported, place.registers, chosen_columns(file, request.form.to_dict()))
    )
    return _show(imported, form) if read is None else redirect(url_for("workbooks.show", import_id=imported.id), 303)


@blueprint.get("/imports/<int:import_id>/marked.xlsx")
@requires(Role.COORDINATOR)
def marked(import_id: int) -> Response:
    """The uploaded file with its faulty cells marked, to be mended and uploaded again."""
    imported = queries.import_of(current_user.id, import_id)
    file = queries.file_of(imported) or abort(404)
    place = WorkbookPlace(imported.register, imported.term)
    sheets, _notes = raw_sheets(
        file.content, imported.filename, place.registers, queries.heading_choices(current_user.id)
    )
    buffer = io.BytesIO()
    write_marked(file, sheets, marks_of(file, queries.marked(imported)), buffer)
    response = Response(buffer.getvalue(), mimetype=WORKBOOK)
    name = _("%(name)s (marked)", name=PurePath(imported.filename).stem)
    name_download(response, f"{name}.xlsx")
    return response


@blueprint.post("/imports/<int:import_id>/check")
@requires(Role.COORDINATOR)
@transaction
def check(import_id: int) -> ResponseReturnValue:
    """Check the next rows; answers with the progress, or sends on to the preview."""
    imported = queries.import_of(current_user.id, import_id)
    if imported.status == "checking":
        operations.check(imported, current_scope())
    if imported.status == "checking" and "HX-Request" in request.headers:
        return render_template("workbooks/_progress.html", imported=imported, counts=queries.counts(imported))
    target = url_for("workbooks.show", import_id=imported.id)
    return ("", 200, {"HX-Redirect": target}) if "HX-Request" in request.headers else redirect(target, 303)


@blueprint.post("/imports/<int:import_id>/apply")
@requires(Role.COORDINATOR)
@transaction
def apply(import_id: int) -> ResponseReturnValue:
    """Take the workbook over as a whole, a large one beside the requests; the message offers to undo it."""
    imported, form = queries.import_of(current_user.id, import_id), ApplyForm()
    changing = queries.counts(imported).changing
    if changing > import_jobs.AT_ONCE:
        form.apply(lambda: operations.refuse_unfit(imported))
        if form.form_errors:
            return _show(imported, form)
        _begin(imported.id, changing, form.release.data)
        return redirect(url_for("workbooks.show", import_id=imported.id), 303)
    taken = form.apply(lambda: operations.take_over(imported, current_scope(), form.release.data))
    if taken is None:
        return _show(imported, form)
    _tell(imported.id, taken)
    return redirect(url_for("workbooks.show", import_id=imported.id), 303)


def _begin(import_id: int, changing: int, release: bool) -> None:
    """Take over in a thread, which reads the workbook anew in a transaction of its own."""
    scope, user_id = current_scope(), int(current_user.id)
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def work(undertaking: import_jobs.ImportJob) -> None:
        try:
            imported = queries.import_of(user_id, import_id)
            undertaking.taken = operations.take_over(imported, scope, release, undertaking.watch)
            db.session.commit()
        except (DomainError, import_jobs.StoppedError) as error:
            db.session.rollback()
            undertaking.problem = str(error)

    import_jobs.begin(app, import_id, changing, user_id, str(get_locale()), work)


def _tell(import_id: int, taken: int) -> None:
    if taken:
        text = ngettext("%(num)s entry was taken over.", "%(num)s entries were taken over.", taken)
        flash_with_undo(text, url_for("workbooks.undo", import_id=import_id))


@blueprint.get("/imports/<int:import_id>/progress")
@requires(Role.COORDINATOR)
def progress(import_id: int) -> ResponseReturnValue:
    """How far the taking over has come, for the page that asks again and again; at its end sends on to the preview."""
    imported = queries.import_of(current_user.id, import_id)
    undertaking = import_jobs.of(imported.id)
    target = url_for("workbooks.show", import_id=imported.id)
    if "HX-Request" not in request.headers:
        return redirect(target)
    if undertaking is None or undertaking.over.is_set():
        return "", 200, {"HX-Redirect": target}
    return render_template("workbooks/_taking.html", imported=imported, undertaking=undertaking)


@blueprint.post("/imports/<int:import_id>/stop")
@requires(Role.COORDINATOR)
@reads_only
def stop(import_id: int) -> ResponseReturnValue:
    """Stop taking over; nothing is changed then."""
    imported = queries.import_of(current_user.id, import_id)
    if (undertaking := import_jobs.of(imported.id)) is not None:
        undertaking.stop.set()
        undertaking.over.wait()
    return redirect(url_for("workbooks.show", import_id=imported.id), 303)


@blueprint.post("/imports/<int:import_id>/undo")
@requires(Role.COORDINATOR)
@transaction
def undo(import_id: int) -> ResponseReturnValue:
    """Bring back what was before the workbook."""
    imported, form = queries.import_of(current_user.id, import_id), ApplyForm()
    number = form.apply(lambda: take_back(imported, current_scope()))
    if number is None:
        return _show(imported, form)
    return redirect_with(
        ngettext("%(num)s entry is as before.", "%(num)s entries are as before.", number),
        url_for("workbooks.show", import_id=imported.id),
    )


@blueprint.post("/imports/<int:import_id>/discard")
@requires(Role.COORDINATOR)
@transaction
def discard(import_id: int) -> ResponseReturnValue:
    """Forget a workbook that was not taken over."""
    imported, form = queries.import_of(current_user.id, import_id), ApplyForm()
    back = WorkbookPlace(imported.register, imported.term).url
    form.apply(lambda: operations.discard(imported))
    if form.form_errors:
        return _show(imported, form)
    return redirect_with(_("The workbook is forgotten; nothing was changed."), back)
