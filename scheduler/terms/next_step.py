"""What a coordinator does next in a term, said in one sentence with the page where she does it."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _, ngettext

from scheduler.models import Term
from scheduler.term_path import Progress, stage_url


@dataclass(frozen=True)
class NextStep:
    """``stage`` is the term's state in a word, ``tone`` its badge; ``sentence`` what to do, ``action`` at ``url``."""

    stage: str
    tone: str
    sentence: str
    action: str
    url: str


def next_step(term: Term, progress: Progress) -> NextStep:
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


def _after_publishing(term: Term, progress: Progress) -> NextStep:
    requests = stage_url("venues", term)
    if progress.refused:
        sentence = ngettext(
            "A venue has declined %(num)s section. Plan again: the others stay where they are.",
            "Venues have declined %(num)s sections. Plan again: the others stay where they are.",
            progress.refused,
        )
        return NextStep(_("asking venues"), "conflict", sentence, _("See the answers"), requests)
    if progress.requested:
        sentence = ngettext(
            "%(num)s request waits for its venue's answer.",
            "%(num)s requests wait for their venues' answers.",
            progress.requested,
        )
        return NextStep(_("asking venues"), "waiting", sentence, _("See the answers"), requests)
    return NextStep(
        _("published"),
        "good",
        _("The timetable is published and every venue has said yes."),
        _("Look at the timetable"),
        stage_url("adjust", term),
    )
