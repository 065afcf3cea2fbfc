"""Pages of terms: calendar, budgets, demand and the sections opened for it."""

from typing import Final

from flask_babel import lazy_gettext as _l

from scheduler.web.help.page_help import PageHelp, PageHelpTexts

TERMS: Final[PageHelpTexts] = {
    "terms.index": PageHelp(
        _l("Terms"),
        _l(
            "Choose a term to work on it; its card says what comes next. A new term is opened here as well, best by "
            "taking over an earlier one. Terms of the units above yours are listed too: you add demand and sections "
            "of your own units to them."
        ),
    ),
    "terms.show": PageHelp(
        _l("A term"),
        _l(
            "This is the home of the term: begin with what stands under “What is next”. The usual order is demand, "
            "sections, plan, publish; the path at the top leads through it and shows where you are. Calendar and "
            "budgets can be changed at any time, but do it before you plan."
        ),
    ),
    "terms.create": PageHelp(
        _l("Open a term"),
        _l(
            "Give the term a name, its first Monday and the number of its weeks. To save work, choose an earlier term "
            "and what to take over from it, such as demand and sections. Everything can be changed afterwards."
        ),
    ),
    "terms.edit": PageHelp(
        _l("Edit a term"),
        _l(
            "Change name, dates and travel here. A term that is published keeps its published dates; you are told "
            "which sections no longer fit and settle each of them. Leave the costs at the bottom alone unless a plan "
            "keeps choosing something you do not want."
        ),
    ),
    "terms.calendar": PageHelp(
        _l("Calendar"),
        _l(
            "Check the holidays and make-up days that were loaded, and add your own, such as a school fair; several "
            "days in a row go in at once. Sessions are never planned on a day off. After publication you are told "
            "which dates fall away."
        ),
    ),
    "terms.budgets": PageHelp(
        _l("Budgets"),
        _l(
            "Write a limit only where there is one; plans keep to it. A limit also covers the units below, so theirs "
            "together should not come to more. What a plan spends is shown in its pictures."
        ),
    ),
    "demand.index": PageHelp(
        _l("Demand"),
        _l(
            "Enter one number for each course and community: how many people would come. You can change the numbers "
            "in the list and save them together. If surveys and lists exist, enter those under Sources and have the "
            "numbers worked out. Then go to “By course” to open sections."
        ),
    ),
    "demand.totals": PageHelp(
        _l("Demand by course"),
        _l(
            "Look at the column of people still without a section. “Open a section” makes one by hand with its "
            "learners filled in; “Propose sections” works out for all courses how many to open and where."
        ),
    ),
    "demand.create": PageHelp(
        _l("Add demand"),
        _l(
            "Save one community after the other: the course stays chosen. If a community already has a number for "
            "this course, change it in the list instead."
        ),
    ),
    "demand_sources.index": PageHelp(
        _l("Sources of demand"),
        _l(
            "Keep apart here what different lists say: past learners, waiting lists, surveys and the interest of "
            "residents. Correct numbers in place and save them together. “Work out the demand” then shows what all of "
            "it comes to, before anything is changed."
        ),
    ),
    "demand_sources.create": PageHelp(
        _l("Add a source"),
        _l(
            "Choose course and kind once; then enter one community after the other. Of a survey, write beside the "
            "number which share of those who said yes will probably come."
        ),
    ),
    "demand_sources.take_over": PageHelp(
        _l("Take over from an earlier term"),
        _l(
            "Choose the term whose learners and lists should count for this one. They become sources, so nothing "
            "changes in the demand before you work it out. Interest that people expressed on the public pages stays "
            "as it is."
        ),
    ),
    "demand_sources.work_out": PageHelp(
        _l("Work out the demand"),
        _l(
            "Look through the lists: what is new, what changes, and what somebody typed by hand. Typed numbers stay "
            "unless you tick them. “Write these numbers into the demand” carries it out, and it can be undone."
        ),
    ),
    "proposals.index": PageHelp(
        _l("Proposed sections"),
        _l(
            "Press “Propose sections” and the program works out, course by course, how many sections to open and "
            "where they gather. Look at each course, then accept what you like; only then are sections opened. "
            "Nothing is decided about hours or teachers yet."
        ),
    ),
    "proposals.course": PageHelp(
        _l("Proposed sections of a course"),
        _l(
            "The map and the table say where each section gathers and who goes there. Edit a section, leave it out, "
            "or tick those you want and open them. Below you see who is left out, and why."
        ),
        within="proposals.index",
    ),
    "proposals.edit": PageHelp(
        _l("Edit a proposed section"),
        _l(
            "Change how many people of each community the section takes; class size and ways are worked out again "
            "when you save. Nothing is opened yet."
        ),
        within="proposals.index",
    ),
    "sections.index": PageHelp(
        _l("Sections"),
        _l(
            "Each section is placed by the next plan. Open them from the demand, one by one or from an Excel "
            "workbook. “Unplaced” ones have no hours yet: open one to read why. Tick some of them to plan only these "
            "again while all others stay."
        ),
    ),
    "sections.show": PageHelp(
        _l("A section"),
        _l(
            "Here stands what the section needs and where the newest plan has put it. With “Edit” you change "
            "learners, weeks and what is pinned. If some learners want another section as well, note it below, so "
            "that the two are not held at the same time."
        ),
        within="sections.index",
    ),
    "sections.create": PageHelp(
        _l("Open a section"),
        _l(
            "Choose course and unit, then “Fill in from the demand”: the learners are entered for you. The rest may "
            "stay as it is. Pin hours, a room or a teacher only if there is no choice; every pin leaves the plan less "
            "freedom."
        ),
    ),
    "sections.edit": PageHelp(
        _l("Edit a section"),
        _l(
            "Changes count from the next plan on. If the section is published, residents see it as before until you "
            "settle the change or publish again."
        ),
        within="sections.index",
    ),
    "activities.index": PageHelp(
        _l("Activities"),
        _l(
            "Open a series for what every community is to have regularly, an event for what happens on certain days. "
            "Both become sections and are planned together with the courses. After planning, “Is it met?” says which "
            "communities go short."
        ),
    ),
    "activities.create_series": PageHelp(
        _l("New series"),
        _l(
            "Say what is to be held, how often at least, and for which communities. Neighbouring communities may "
            "share an activity if you allow a distance for it."
        ),
    ),
    "activities.show_series": PageHelp(
        _l("A series"),
        _l(
            "The table lists the section of each community and what has to be done: open, change or archive. One "
            "press does all of it and can be undone. Then plan the term, and look under “Is it met?”."
        ),
        within="activities.index",
    ),
    "activities.edit_series": PageHelp(
        _l("Edit a series"),
        _l("Change what is wanted; the next page shows which sections would be opened, changed or archived for it."),
        within="activities.index",
    ),
    "activities.check": PageHelp(
        _l("Is a series met?"),
        _l(
            "Choose a plan, then look at the communities that are not met: each says why, for example that its "
            "section has no place or that a day off takes a date away. Mend that, and plan again."
        ),
        within="activities.index",
    ),
    "events.create": PageHelp(
        _l("New event"),
        _l(
            "Give the event a name residents understand, and its first and last day. The programme comes on the next "
            "page, item by item."
        ),
    ),
    "events.show": PageHelp(
        _l("An event"),
        _l(
            "First add what is to be held; each item opens its sections at once. The next plan finds days, rooms and "
            "speakers, and the programme below shows them. Residents find the event once a plan with it is published."
        ),
        within="activities.index",
    ),
    "events.edit": PageHelp(
        _l("Edit an event"),
        _l(
            "If you move the days, look at the items afterwards: those that fall outside have to be opened and saved "
            "again."
        ),
        within="activities.index",
    ),
    "events.create_item": PageHelp(
        _l("New programme item"),
        _l(
            "Say what is held, for how many people, and between which days and hours the plan may choose. A subject "
            "lets the plan find a speaker who can do it."
        ),
        within="activities.index",
    ),
    "events.edit_item": PageHelp(
        _l("Edit a programme item"),
        _l(
            "Saving brings the sections of this item up to date. Plan again if the days, the hours or the number of "
            "people have changed."
        ),
        within="activities.index",
    ),
    "today.index": PageHelp(
        _l("Today"),
        _l(
            "Begin here: what needs you stands on top, with the page on which you do it. While no timetable has been "
            "planned yet, the steps lead you from the network to the first plan. When nothing is listed, nothing "
            "waits for you."
        ),
    ),
}
