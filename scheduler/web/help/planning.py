"""Pages on which a term is planned, adjusted and published."""

from typing import Final

from flask_babel import lazy_gettext as _l

from scheduler.web.help.page_help import NoHelp, PageHelp, PageHelpTexts

PLANNING: Final[PageHelpTexts] = {
    "planning.readiness": PageHelp(
        _l("Ready to plan?"),
        _l(
            "Look here before you plan. What is missing has to be mended, else sections stay without a place; each "
            "line leads to where you do it. What is worth a look may stay as it is."
        ),
    ),
    "planning.show": PageHelp(
        _l("Plan the term"),
        _l(
            "Press “Start planning”. Half a minute gives a first idea; allow longer for the plan that you publish. "
            "You may leave the page meanwhile: the result waits below as a draft. Once a plan is published, keep "
            "“Change as little as possible of the published plan” ticked."
        ),
    ),
    "planning.run": NoHelp.FRAGMENT,
    "planning.plan": PageHelp(
        _l("A plan"),
        _l(
            "Read first how many sections are placed, and for those that are not, why. Then adjust by hand, look at "
            "the timetable, or compare it with another plan. A draft is seen by nobody but coordinators; “Publish …” "
            "first shows what it would do."
        ),
        within="planning.show",
    ),
    "planning.why": PageHelp(
        _l("Why a section is there, or is not placed"),
        _l(
            "The first table says what leaves the section no choice. Below stand single things that would place it, "
            "each tried already, for example one hour more of a room. “Try as a scenario” plans with such a thing, "
            "without changing anything for real."
        ),
        within="planning.show",
    ),
    "planning.rename": NoHelp.PLAIN_FORM,
    "planning.publish_page": PageHelp(
        _l("Publish"),
        _l(
            "Read what publishing does: which venues and teachers are asked, what stays as it was agreed, and which "
            "requests are cancelled. Nothing is sent before you press the button. Afterwards residents find the "
            "courses, and the answers come in under “Ask venues”."
        ),
    ),
    "plan_documents.upload": NoHelp.SAYS_ITSELF,
    "planning.again": PageHelp(
        _l("Plan a part again"),
        _l(
            "Use this when most of a plan is right and only some sections should move. You see which ones are planned "
            "again and that all others stay. The result is a new draft beside the old one, so nothing is lost."
        ),
    ),
    "planning.compare": PageHelp(
        _l("Compare plans"),
        _l(
            "Choose the plan to compare with. The figures say which of the two serves people better, and the list "
            "below which sections differ. Look at one unit alone if the term is large."
        ),
        within="planning.show",
    ),
    "plan_documents.plan_document": NoHelp.FILE,
    "plan_documents.term_document": NoHelp.FILE,
    "plan_workbook.download": NoHelp.FILE,
    "plan_workbook.progress": NoHelp.FILE,
    "board.show": PageHelp(
        _l("Adjust by hand"),
        _l(
            "Pick a section up with mouse, finger or Enter: the hours that fit are marked, and pointing at one says "
            "what it costs. Put it down there, or choose one of the best places. A move that breaks a rule is "
            "refused; one that is hard on people asks you for a reason. Every move is saved at once and can be "
            "undone."
        ),
        within="planning.show",
    ),
    "board.adjust": NoHelp.LEADS_ON,
    "board.ready": NoHelp.FRAGMENT,
    "settling.show": PageHelp(
        _l("Changed since publication"),
        _l(
            "Something was changed after publication, such as a day off or the length of a session. For each section "
            "choose how it goes on: as the registers now say, without the dates that fall away, or as published. Then "
            "residents, venues and teachers see the same again."
        ),
    ),
    "settling.changes": PageHelp(
        _l("Whom to tell"),
        _l(
            "Each changed section stands here before and after, with a text that you can copy into a chat group. "
            "Below are the teachers and venues to call, with their telephone numbers."
        ),
        within="planning.publish_page",
    ),
    "settling.withdrawal": NoHelp.SAYS_ITSELF,
    "scenarios.index": PageHelp(
        _l("Scenarios"),
        _l(
            "A scenario answers questions such as: what if the library opened on Saturdays? Make one, say what is "
            "otherwise in it, and plan it. The table puts it beside today's plan, so that you can show others what it "
            "would be worth."
        ),
    ),
    "scenarios.create": NoHelp.SAYS_ITSELF,
    "scenarios.show": PageHelp(
        _l("A scenario"),
        _l(
            "First add what is otherwise: hours, teachers, budgets and so on. Then plan it, and compare. If the "
            "change becomes true, “Take over the changes …” writes it into the registers and makes the plan a draft; "
            "that can be taken back."
        ),
        within="scenarios.index",
    ),
    "scenarios.rename": NoHelp.PLAIN_FORM,
    "scenarios.run": NoHelp.FRAGMENT,
    "scenarios.runs": NoHelp.FRAGMENT,
    "scenario_changes.add": NoHelp.PLAIN_FORM,
    "scenario_changes.take_changes_over": NoHelp.SAYS_ITSELF,
    "recommendations.show": PageHelp(
        _l("What would help most"),
        _l(
            "Press “Find out what would help” and wait some minutes; you may leave the page. Each line names one "
            "thing that somebody could grant, and what the plan would gain. Tick several to try them together in a "
            "scenario, and take the list to those who decide."
        ),
        within="planning.show",
    ),
    "recommendations.found": NoHelp.FRAGMENT,
}
