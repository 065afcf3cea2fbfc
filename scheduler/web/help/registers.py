"""Pages of the network, venues, teachers and courses."""

from typing import Final

from flask_babel import lazy_gettext as _l

from scheduler.web.help.page_help import NoHelp, PageHelp, PageHelpTexts

REGISTERS: Final[PageHelpTexts] = {
    "network.index": PageHelp(
        _l("Network"),
        _l(
            "The network says who belongs to whom: plans, budgets and roles follow it. Open a unit to see its "
            "communities and their inhabitants. Enter units from the top down, or bring the whole network as an Excel "
            "workbook."
        ),
    ),
    "network.unit": PageHelp(
        _l("A unit"),
        _l(
            "Here stand the communities of the unit, where learners live. Each one's place on the map decides which "
            "venues are near it, so correct the places that are marked as assumed. Open a community to change its "
            "facts or to archive it."
        ),
        within="network.index",
    ),
    "network.create_unit": PageHelp(
        _l("Add a unit"),
        _l(
            "Choose the unit above first: a street or town lies below a county, a county below the city. The code is "
            "the official one; workbooks and communities are recognised by it later."
        ),
    ),
    "network.edit_unit": NoHelp.PLAIN_FORM,
    "network.create_community": PageHelp(
        _l("Add a community"),
        _l(
            "Communities belong to a street or town. The place should be the middle of where people live: ways to "
            "venues are measured from there. You may paste both degrees at once, also from a Chinese map."
        ),
    ),
    "network.edit_community": PageHelp(
        _l("A community"),
        _l(
            "Change the name, the number of inhabitants or the place here. Once you correct a place by hand, its mark "
            "“assumed” goes, and the next plan measures from there."
        ),
        within="network.index",
    ),
    "venues.index": PageHelp(
        _l("Venues"),
        _l(
            "Look for a venue here and open it to see its rooms, hours and telephone number. Coordinators add venues; "
            "managers find those that are theirs. A venue without rooms, or whose rooms have no hours, is never "
            "planned."
        ),
    ),
    "venues.show": PageHelp(
        _l("A venue"),
        _l(
            "Everything about the venue: rooms, address, place on the map, and who answers its requests. Check that "
            "somebody manages it, else requests wait without an answer. Open a room to change when it is open."
        ),
        within="venues.index",
    ),
    "venues.create": PageHelp(
        _l("Add a venue"),
        _l(
            "Write the address as residents look for it, and the place as exactly as you can: it decides who is near. "
            "Choose whether a manager answers each request or every request is confirmed at once. Rooms and their "
            "hours come next."
        ),
    ),
    "venues.edit": PageHelp(
        _l("Facts of a venue"),
        _l(
            "When you have looked at the facts and they are right, tick “I have checked these facts”; the mark "
            "“assumed” then goes. A new place counts from the next plan on; published courses show the new address at "
            "once."
        ),
        within="venues.index",
    ),
    "venues.rooms": PageHelp(
        _l("Rooms"),
        _l(
            "Use this list to find a room for a purpose: by its seats, or by what it has, such as a piano or a mirror "
            "wall. Rooms marked “no hours yet” cannot be planned until somebody says when they are open."
        ),
    ),
    "venues.room": PageHelp(
        _l("A room"),
        _l(
            "The week shows when the room may be used for education; plans never go beyond it. Change it with “Change "
            "hours”, where dates on which the room is closed are written too. Sessions already booked stay and are "
            "named here if they fall on closed hours."
        ),
        within="venues.index",
    ),
    "venues.create_room": PageHelp(
        _l("Add a room"),
        _l(
            "Count the seats as they are used for learning. Tick what the room has, because courses that need a piano "
            "or a mirror wall are planned only where it is ticked. The next page asks for the opening hours."
        ),
        within="venues.index",
    ),
    "venues.edit_room": PageHelp(
        _l("Facts of a room"),
        _l(
            "Seats, equipment, fee and the minutes between two uses all count in the next plan. Published sections "
            "stay where they are."
        ),
        within="venues.index",
    ),
    "venues.hours": PageHelp(
        _l("Hours of a room"),
        _l(
            "Paint the hours of a usual week with finger or mouse, or type them below, such as 09:00-12:00. Dates on "
            "which the room is closed, a holiday or a repair, go into the field below; a few hours of a date will do "
            "too. Save, and you are told which bookings it touches."
        ),
        within="venues.index",
    ),
    "venues.features": PageHelp(
        _l("What rooms have"),
        _l(
            "Add only what decides where a course can be held. A course that needs something finds only rooms where "
            "it is ticked, so look at the number of rooms before you demand it."
        ),
    ),
    "venues.edit_feature": NoHelp.PLAIN_FORM,
    "teachers.index": PageHelp(
        _l("Teachers"),
        _l(
            "All teachers of your units are here. A teacher can be planned once they have a subject, hours and "
            "limits. Open one to see their hours and absences, or to enter dates for somebody who has called. Many at "
            "once come by Excel."
        ),
    ),
    "teachers.show": PageHelp(
        _l("A teacher"),
        _l(
            "Here you see when the teacher can teach, how much, and how far they travel. Telephone number and e-mail "
            "address are for coordinators only. Use “Edit” to enter an absence; sessions already published then "
            "appear under Absences and substitutes."
        ),
        within="teachers.index",
    ),
    "teachers.create": PageHelp(
        _l("Add a teacher"),
        _l(
            "The subjects decide which courses the teacher can give, the hours when, and the limits how many. "
            "“Sessions a week they want” is a wish; the two limits are never exceeded. A home in the middle of their "
            "quarter is exact enough."
        ),
    ),
    "teachers.edit": PageHelp(
        _l("Facts of a teacher"),
        _l(
            "Changed hours and limits count from the next plan on. An absence counts at once: the sessions it touches "
            "in the published plan need a substitute."
        ),
        within="teachers.index",
    ),
    "teachers.me": PageHelp(
        _l("My hours"),
        _l(
            "The marked hours are those in which you can teach in a usual week. Tap to open or close an hour; hold "
            "and drag for several. Write the dates on which you cannot come below, then save. New hours count from "
            "the next plan on; the dates go to the coordinator at once, who looks for substitutes."
        ),
    ),
    "courses.index": PageHelp(
        _l("Courses"),
        _l(
            "A course says what is taught, how long and how often, to whom, and when people like to come. To hold it, "
            "open a section of it in a term. Look for it here before you add one: the catalogue is the same for all "
            "units."
        ),
    ),
    "courses.show": PageHelp(
        _l("A course of the catalogue"),
        _l(
            "Plans prefer the best hours and use the possible ones when they must. “Edit” changes the course for "
            "future sections; those that are open keep what they were opened with until you say under “Which shall "
            "follow?” that they change as well."
        ),
        within="courses.index",
    ),
    "courses.create": PageHelp(
        _l("Add a course"),
        _l(
            "Choose the subject first: only teachers of that subject can give the course. Then take over the usual "
            "hours of the people it is for and change what differs. Ask for equipment only where the course cannot do "
            "without it."
        ),
    ),
    "courses.edit": PageHelp(
        _l("Edit a course"),
        _l(
            "What you change counts for sections that are opened from now on. If open sections differ afterwards, the "
            "course's page says so and asks which of them are to follow. Published dates stay as they are."
        ),
        within="courses.index",
    ),
    "courses.follow": NoHelp.SAYS_ITSELF,
    "courses.subjects": PageHelp(
        _l("Subjects"),
        _l(
            "Keep subjects broad: each teacher of a subject can be planned for all its courses. Archive what is no "
            "longer taught; nothing that refers to it is lost."
        ),
    ),
    "courses.create_subject": NoHelp.PLAIN_FORM,
    "courses.edit_subject": NoHelp.PLAIN_FORM,
    "starter_catalogue.index": PageHelp(
        _l("Usual courses"),
        _l(
            "Begin your catalogue with courses that many community schools teach. Tick those that you offer; their "
            "subjects and what their rooms need come with them. Sessions, sizes and hours are usual ones, so look "
            "through each course afterwards."
        ),
    ),
    "teacher_absences.report": PageHelp(
        _l("A teacher is away"),
        _l(
            "Use this when a teacher calls to say that they are ill or away for some days. Enter the first and the "
            "last day, look at the sessions it touches, then report it. The page that follows offers all of them to "
            "others at once."
        ),
        within="teachers.index",
    ),
}
