"""What a coordinator does next in a term, said in one sentence with the page where they do it."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _, ngettext

from scheduler.domain.workflow import TermProgress, stage_url
from scheduler.models import Term


@dataclass(frozen=True)
class NextStep:
    """``stage`` is the term's state in a word, ``tone`` its badge; ``sentence`` what to do, ``action`` at ``url``."""

    stage: str
    tone: str
    sentence: str
    action: str
    url: str


def next_step(term: Term, progress: TermProgress) -> NextStep:
    """The first thing that is still to be done."""
    if not progress.sections:
        return NextStep(
            _("getting ready"),
            "neutral",
            _("Enter what people want to learn, then open the first sections."),
            _("Enter demand"),
            url_for("demand.index", term_id=term.id),
        )
    if progress.published:
        return _after_publishing(term, progress)
    if not progress.planned:
        return NextStep(
            _("ready to plan"),
            "waiting",
            _("The sections stand. See whether anything is missing, then plan them."),
            _("See what is missing"),
            stage_url("ready", term),
        )
    if progress.unplaced:
        sentence = ngettext(
            "%(num)s section has no hours yet. See why, and what would place it.",
            "%(num)s sections have no hours yet. See why, and what would place them.",
            progress.unplaced,
        )
        return NextStep(_("draft"), "waiting", sentence, _("Look at the plan"), stage_url("plan", term))
    return NextStep(
        _("draft"),
        "waiting",
        _("Every section has its hours. Look through the timetable, then publish it."),
        _("Look at the timetable"),
        stage_url("adjust", term),
    )


def _after_publishing(term: Term, progress: TermProgress) -> NextStep:
    requests = stage_url("venues", term)
    if progress.unsettled:
        sentence = ngettext(
            "%(num)s published section is held otherwise than the registers now say. Say how it goes on.",
            "%(num)s published sections are held otherwise than the registers now say. Say how they go on.",
            progress.unsettled,
        )
        page = url_for("settling.show", term_id=term.id)
        return NextStep(_("changed since publication"), "conflict", sentence, _("Settle it"), page)
    if progress.refused:
        sentence = ngettext(
            "A venue has declined %(num)s section. Plan again: the others stay where they are.",
            "Venues have declined %(num)s sections. Plan again: the others stay where they are.",
            progress.refused,
        )
        return NextStep(_("asking venues"), "conflict", sentence, _("See the answers"), requests)
    if progress.teachers_refused or progress.uncovered:
        return _teachers_missing(term, progress)
    if progress.requested:
        sentence = ngettext(
            "%(num)s request waits for its venue's answer.",
            "%(num)s requests wait for their venues' answers.",
            progress.requested,
        )
        return NextStep(_("asking venues"), "waiting", sentence, _("See the answers"), requests)
    if progress.teachers_waiting:
        sentence = ngettext(
            "Every venue has said yes. %(num)s section waits for its teacher's answer.",
            "Every venue has said yes. %(num)s sections wait for their teachers' answers.",
            progress.teachers_waiting,
        )
        return NextStep(_("asking teachers"), "waiting", sentence, _("See the answers"), _teachers_page(term))
    return NextStep(
        _("published"),
        "good",
        _("The timetable is published and every venue has said yes."),
        _("Look at the timetable"),
        stage_url("adjust", term),
    )


def _teachers_missing(term: Term, progress: TermProgress) -> NextStep:
    """A section that was refused comes before single sessions."""
    if progress.teachers_refused:
        sentence = ngettext(
            "The teacher of %(num)s section cannot take it. Find another one, or plan again.",
            "The teachers of %(num)s sections cannot take them. Find others, or plan again.",
            progress.teachers_refused,
        )
        return NextStep(_("asking teachers"), "conflict", sentence, _("Find a teacher"), _teachers_page(term))
    sentence = ngettext(
        "%(num)s session has nobody to give it yet.",
        "%(num)s sessions have nobody to give them yet.",
        progress.uncovered,
    )
    page = url_for("substitutes.index", term_id=term.id)
    return NextStep(_("substitute needed"), "conflict", sentence, _("Find a substitute"), page)


def _teachers_page(term: Term) -> str:
    return url_for("assignments.index", term_id=term.id)
