"""Every page that is photographed. A new page is one line of PICTURES; a test compares the list with the routes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """A page by its endpoint, in the state that ``query`` asks for and ``variant`` names.

    ``{name}`` in the query is filled in from the places of ``instance.py``, like the arguments of the route. ``user``
    is who sees it, where that is not the role that has least of those who may.
    """

    endpoint: str
    variant: str = ""
    query: str = ""
    user: str = ""

    @property
    def name(self) -> str:
        """Feature, page and variant, as the picture's file is called."""
        words = [*self.endpoint.split("."), *([self.variant] if self.variant else [])]
        return "-".join(words).replace("_", "-")


PICTURES = (
    Picture("portal.home", query="near={near}"),
    Picture("portal.home", "search", "near={near}&q=书法"),
    Picture("portal.home", "nothing-found", "near={near}&q=钢琴调律"),
    Picture("portal.section", query="near={near}"),
    Picture("portal.choose"),
    Picture("portal.choose", "street", "street={street}"),
    Picture("accounts.sign_in"),
    Picture("accounts.password"),
    Picture("terms.index"),
    Picture("terms.show"),
    Picture("terms.create"),
    Picture("terms.edit"),
    Picture("terms.calendar"),
    Picture("terms.budgets"),
    Picture("demand.index"),
    Picture("demand.totals"),
    Picture("demand.create"),
    Picture("sections.index"),
    Picture("sections.show"),
    Picture("sections.create"),
    Picture("sections.edit"),
    Picture("planning.readiness"),
    Picture("planning.show"),
    Picture("planning.plan"),
    Picture("planning.why"),
    Picture("planning.rename"),
    Picture("planning.publish_page"),
    Picture("planning.upload"),
    Picture("board.show"),
    Picture("board.show", "in-hand", "section={section_id}"),
    Picture("timetable.show"),
    Picture("timetable.show", "teacher", "view=teacher"),
    Picture("timetable.show", "list", "as=list"),
    Picture("timetable.section"),
    Picture("timetable.sheets"),
    Picture("timetable.mine"),
    Picture("timetable.mine", "manager", user="library"),
    Picture("bookings.inbox"),
    Picture("bookings.history"),
    Picture("bookings.decline", query="booking={booking}"),
    Picture("bookings.requests"),
    Picture("workbooks.start"),
    Picture("workbooks.show"),
    Picture("venues.index", user="coordinator"),
    Picture("venues.show"),
    Picture("venues.create"),
    Picture("venues.edit"),
    Picture("venues.rooms", user="coordinator"),
    Picture("venues.room"),
    Picture("venues.create_room"),
    Picture("venues.edit_room"),
    Picture("venues.hours"),
    Picture("venues.features"),
    Picture("venues.edit_feature"),
    Picture("teachers.index"),
    Picture("teachers.show"),
    Picture("teachers.create"),
    Picture("teachers.edit"),
    Picture("teachers.me"),
    Picture("courses.index"),
    Picture("courses.show"),
    Picture("courses.create"),
    Picture("courses.edit"),
    Picture("courses.subjects"),
    Picture("courses.create_subject"),
    Picture("courses.edit_subject"),
    Picture("network.index"),
    Picture("network.unit"),
    Picture("network.create_unit"),
    Picture("network.edit_unit"),
    Picture("network.create_community"),
    Picture("network.edit_community"),
    Picture("accounts.index"),
    Picture("accounts.create"),
    Picture("accounts.edit"),
    Picture("accounts.add_grant"),
    Picture("accounts.trail"),
)
CALENDAR, FILE = "a calendar, which other programs show", "a file"
NOT_PICTURED = {
    "accounts.desk": "leads on to the first page of one's role",
    "board.adjust": "leads on to the board of the newest draft",
    "board.ready": "nothing to see",
    "calendars.community": CALENDAR,
    "calendars.course": CALENDAR,
    "calendars.room": CALENDAR,
    "calendars.venue": CALENDAR,
    "planning.plan_document": FILE,
    "planning.run": "a part of the page planning.show",
    "workbooks.progress": "a part of the page workbooks.show",
    "planning.term_document": FILE,
    "workbooks.download": FILE,
}
"""Endpoints that answer GET and have no picture, with the reason."""
