"""What venues and teachers are asked, and what becomes of their answers."""

from typing import Final

from flask_babel import lazy_gettext as _l

from scheduler.web.help.page_help import NoHelp, PageHelp, PageHelpTexts

ANSWERS: Final[PageHelpTexts] = {
    "timetable.mine": PageHelp(
        _l("My weeks"),
        _l(
            "Here stand your sessions in the weeks to come, or those held in the rooms you manage; the next one comes "
            "first. A teacher who cannot give a session taps “I cannot come” beside it. For a journey or an illness "
            "choose “I am away” and write the dates once."
        ),
    ),
    "assignments.mine": PageHelp(
        _l("My assignments"),
        _l(
            "Questions to you come first: sections that you are to give, and single sessions for which somebody is "
            "needed to stand in. Look at the hours, the place and the way, then press “I agree” or “I cannot”. Your "
            "answer goes to the coordinator at once; below you can take it back as long as nothing else has been "
            "arranged."
        ),
    ),
    "assignments.refuse": NoHelp.SAYS_ITSELF,
    "assignments.refuse_to_stand_in": NoHelp.SAYS_ITSELF,
    "absences.mine": PageHelp(
        _l("When I cannot come"),
        _l(
            "Everything that you have reported is listed here, with what has become of it. As long as nobody has been "
            "found, “I can come after all” takes it back. Once a substitute has agreed, call the coordinator instead."
        ),
    ),
    "absences.dates": PageHelp(
        _l("I am away"),
        _l(
            "Write the first and the last day on which you cannot come; for one day both are the same. The next step "
            "lists the sessions concerned, and nothing is sent before you press “Report it”. The coordinator then "
            "looks for substitutes."
        ),
    ),
    "absences.session": NoHelp.SAYS_ITSELF,
    "bookings.inbox": PageHelp(
        _l("Requests"),
        _l(
            "Each card asks for one of your rooms, with all its dates. Press “Confirm”, or “Decline or offer” when "
            "the room cannot be had: there you give a reason or offer another room or other hours. Several requests "
            "are answered at once if you tick them. The coordinator sees your answer straight away, and below you see "
            "what your rooms are used for."
        ),
    ),
    "bookings.history": PageHelp(
        _l("Answered requests"),
        _l(
            "Look up here what you have answered, and when. “Take back” puts a request among those that wait again, "
            "so that you can answer it otherwise."
        ),
    ),
    "bookings.decline": NoHelp.SAYS_ITSELF,
    "bookings.requests": PageHelp(
        _l("Ask venues"),
        _l(
            "Here you follow what venues answer to the published plan. You need not send anything: publishing has "
            "asked them. A declined request needs another room: plan again and the new plan avoids it. Where a venue "
            "offers another room, “Take the offered room” pins it for the next plan. Call the venues that keep you "
            "waiting."
        ),
    ),
    "assignments.index": PageHelp(
        _l("Ask teachers"),
        _l(
            "Publishing has asked each teacher whether they take their sections; here you see what they say. Note the "
            "answer of a teacher who tells you on the phone with “They agree” or “They cannot”. After a refusal "
            "choose “Find a teacher” to give the section to somebody else at the same hours, or plan again."
        ),
    ),
    "assignments.teachers": PageHelp(
        _l("Another teacher for a section"),
        _l(
            "The list names who could give the whole section at its hours and in its room. “Give it to them” makes a "
            "draft in which only the teacher is another one; nothing changes for residents before you publish that "
            "draft. Below stands why others do not fit."
        ),
        within="assignments.index",
    ),
    "assignments.refused": NoHelp.SAYS_ITSELF,
    "substitutes.index": PageHelp(
        _l("Absences and substitutes"),
        _l(
            "When a teacher cannot come, each session to come appears here until it is arranged; those without "
            "anybody stand on top. “Find a substitute” shows who fits. If a teacher calls you, enter their dates "
            "under Teachers, in their absences: their sessions then appear here."
        ),
    ),
    "substitutes.show": PageHelp(
        _l("Substitute for a session"),
        _l(
            "Press “Ask them” at the teacher you want; they find the question under My assignments, and you may call "
            "as well. Once they agree, the course's page and subscribed calendars name the substitute by themselves. "
            "If nobody fits, cancel the session, and print the notice for the door."
        ),
        within="substitutes.index",
    ),
    "substitutes.cancel": NoHelp.SAYS_ITSELF,
    "substitutes.notice": NoHelp.SAYS_ITSELF,
    "substitutes.refused": NoHelp.SAYS_ITSELF,
    "substitutes.report": NoHelp.SAYS_ITSELF,
    "substitutes.several": PageHelp(
        _l("Ask for several sessions"),
        _l(
            "Every session without a teacher stands here with whoever could give it, the best one chosen already. "
            "Change the choice where you know better, then ask all of them with one press. Whoever has no account is "
            "named, so that you can call them."
        ),
    ),
}
