"""Pages that everybody may open."""

from typing import Final

from flask_babel import lazy_gettext as _l

from scheduler.web.help.page_help import NoHelp, PageHelp, PageHelpTexts

RESIDENTS: Final[PageHelpTexts] = {
    "portal.home": PageHelp(
        _l("Courses near me"),
        _l(
            "Here you find courses that are held near you. First say where you live: the nearest ones then come "
            "first, each with the minutes on foot. Type a course or a place, or use the filters to choose a weekday "
            "or a time of day. Open a course to see every date, the room and the teacher."
        ),
    ),
    "portal.section": PageHelp(
        _l("A course"),
        _l(
            "Here you read when and where this course is held and who teaches it. If a day is cancelled or another "
            "teacher stands in, it is said here first. “Keep it in my calendar” puts all dates into your telephone "
            "once; “Subscribe” keeps them up to date by itself."
        ),
        within="portal.home",
    ),
    "portal.choose": PageHelp(
        _l("Where do you live?"),
        _l(
            "Type the first characters of your community or village, or choose your street or town from the list and "
            "then the community. On a telephone you can also tap “Use my position”; the position itself is not kept. "
            "You can change or forget your choice here at any time."
        ),
    ),
    "portal.wish_list": PageHelp(
        _l("What I would like to learn"),
        _l(
            "If a course that you want is not held near you, tap it here. The coordinator sees how many people of "
            "your community want it when the next sections are opened. A tap is no registration and promises no "
            "place; you can take it back."
        ),
    ),
    "programmes.index": PageHelp(
        _l("Events"),
        _l("Open an event to see what is on, day by day and with its place. What is over is no longer listed."),
    ),
    "programmes.show": PageHelp(
        _l("An event"),
        _l(
            "Each item shows its time, its place and for whom it is meant; open it to keep it in your calendar. "
            "“Awaiting the venue” means that the place has been asked and has not said yes yet. “Being rearranged” "
            "means that the place could not take it: look here again some days later."
        ),
        within="programmes.index",
    ),
    "accounts.sign_in": PageHelp(
        _l("Sign in"),
        _l(
            "Administrators make the accounts; you cannot register here yourself. If you have forgotten your "
            "password, ask your administrator for a new one. After signing in you come to the first page of your "
            "role."
        ),
    ),
    "accounts.password": NoHelp.PLAIN_FORM,
    "accounts.desk": NoHelp.LEADS_ON,
    "guides.index": NoHelp.SAYS_ITSELF,
    "guides.show": NoHelp.SAYS_ITSELF,
    "calendars.community": NoHelp.FILE,
    "calendars.course": NoHelp.FILE,
    "calendars.room": NoHelp.FILE,
    "calendars.venue": NoHelp.FILE,
    "portal.community_poster": NoHelp.FILE,
    "portal.unit_poster": NoHelp.FILE,
    "portal.venue_poster": NoHelp.FILE,
}
