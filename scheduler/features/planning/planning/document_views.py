"""Plans and terms as documents: a plan that was made elsewhere comes in, and both go out."""

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from scheduler.core.transaction import transaction
from scheduler.domain.plans import plan_in, published_plan
from scheduler.domain.term_scope import term_in
from scheduler.domain.workflow import term_path
from scheduler.engine.documents import snapshot
from scheduler.engine.documents.codec import plan_json, term_json
from scheduler.engine.documents.plan_reading import MAXIMUM_UPLOAD_BYTES
from scheduler.engine.documents.uploads import JudgedPlan
from scheduler.features.planning.planning import operations
from scheduler.features.planning.planning.forms import PlanUploadForm
from scheduler.models import Role, Term
from scheduler.web.access import current_scope, requires
from scheduler.web.flash import redirect_with
from scheduler.web.incoming.waiting import begin_writing
from scheduler.web.read_only import reads_only

blueprint = Blueprint("plan_documents", __name__, url_prefix="/desk")


@blueprint.route("/terms/<int:term_id>/plan/upload", methods=["GET", "POST"])
@reads_only
@requires(Role.COORDINATOR)
@transaction
def upload(term_id: int) -> ResponseReturnValue:
    """A form for a plan that was made elsewhere; it becomes a draft if it breaks no rule."""
    term = term_in(current_scope(), term_id)
    form = PlanUploadForm()
    if form.validate_on_submit() and (judged := form.apply(lambda: _judge(term, form))):
        begin_writing()
        draft = operations.save_upload(term_in(current_scope(), term_id), judged, form.name.data, current_user.id)
        return redirect_with(
            _("%(name)s breaks no rule and is a draft now.", name=draft.name),
            url_for("planning.plan", plan_id=draft.id),
        )
    return render_template("planning/upload.html", form=form, term=term, term_path=term_path(term, "plan"))


def _judge(term: Term, form: PlanUploadForm) -> JudgedPlan:
    """Read and judge the plan while nobody waits for it."""
    with form.document.data.stream as stream:
        content = stream.read(MAXIMUM_UPLOAD_BYTES + 1)
    return operations.judge_upload(term, content)


@blueprint.get("/terms/<int:term_id>/term.json")
@requires(Role.COORDINATOR)
def term_document(term_id: int) -> Response:
    """The term as the document term/1, to be planned anywhere."""
    term = term_in(current_scope(), term_id)
    return _document(term_json(snapshot.term_document(term, published_plan(term))), f"term-{term.id}.json")


@blueprint.get("/plans/<int:plan_id>/plan.json")
@requires(Role.COORDINATOR)
def plan_document(plan_id: int) -> Response:
    """The plan as the document plan/1."""
    plan = plan_in(current_scope(), plan_id)
    return _document(plan_json(snapshot.plan_document(plan)), f"plan-{plan.id}.json")


def _document(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
