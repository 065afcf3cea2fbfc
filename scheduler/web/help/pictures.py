"""Pages on which a plan is looked at: timetables and pictures."""

from typing import Final

from flask_babel import lazy_gettext as _l

from scheduler.web.help.page_help import NoHelp, PageHelp, PageHelpTexts

PICTURES: Final[PageHelpTexts] = {
    "timetable.show": PageHelp(
        _l("Timetable"),
        _l(
            "Choose whose week you want to see: a room, venue, teacher, community or course. Look at the typical week "
            "or at a certain one. From here you print pages, make posters for residents or take the plan to Excel. "
            "Whether a plan is published stands at the top."
        ),
    ),
    "timetable.section": PageHelp(
        _l("Dates of a section"),
        _l(
            "All dates of the section stand here, days off included. If its teacher calls about one date, press "
            "“cannot come …” beside it: the session then goes to Absences and substitutes."
        ),
        within="timetable.show",
    ),
    "timetable.sheets": NoHelp.SAYS_ITSELF,
    "timetable.pdf": NoHelp.FILE,
    "statistics.show_map": PageHelp(
        _l("Map of a plan"),
        _l(
            "The darker a mark, the better its community is served, or the shorter the ways, as you choose above. "
            "Choose a mark, or a row of the table below, to see where people are left out. The tables can be "
            "downloaded."
        ),
        within="planning.show",
    ),
    "statistics.rooms": PageHelp(
        _l("Use of rooms"),
        _l(
            "Dark hours are those in which most of the open rooms are taken; pale ones are where more courses would "
            "fit. Choose a venue or a kind of venue to look closer."
        ),
        within="planning.show",
    ),
    "statistics.teachers": PageHelp(
        _l("Teachers' loads"),
        _l(
            "Each bar is a teacher's busiest week, with marks at what they want and at their limit. Those far beyond "
            "their wish are worth a call; those far below could take more."
        ),
        within="planning.show",
    ),
    "statistics.fairness": PageHelp(
        _l("Fairness"),
        _l(
            "See here whether some communities have long ways or few places while others have plenty. The lists name "
            "those that fare worst: open a section there, or ask a venue for hours."
        ),
        within="planning.show",
    ),
    "statistics.budgets": PageHelp(
        _l("Budgets in a plan"),
        _l(
            "For each unit you see what the plan spends on teachers and rooms, and what is left of its limit. Limits "
            "are set under Budgets of the term."
        ),
        within="planning.show",
    ),
    "statistics.download": NoHelp.FILE,
}
