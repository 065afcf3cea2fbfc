"""Pages of users, and of workbooks that come and go."""

from typing import Final

from flask_babel import lazy_gettext as _l

from scheduler.web.help.page_help import NoHelp, PageHelp, PageHelpTexts

ACCOUNTS: Final[PageHelpTexts] = {
    "accounts.index": PageHelp(
        _l("Users"),
        _l(
            "Everybody who can sign in is listed here. Add a user, then give them a role: only the role says what "
            "they see and where. When somebody leaves, open their entry and untick “May sign in”; what they did stays "
            "in the audit trail."
        ),
    ),
    "accounts.create": PageHelp(
        _l("Add a user"),
        _l(
            "Name the role or the desk rather than the person, and set a first password that you hand over. On the "
            "next page you give the user a role; without one they see only public pages."
        ),
    ),
    "accounts.edit": PageHelp(
        _l("A user"),
        _l(
            "Set a new password here for somebody who has forgotten theirs, or lock the account. Below, each role "
            "stands with the unit, venue or teacher for which it holds. One user may have several roles, for example "
            "coordinator of two towns."
        ),
        within="accounts.index",
    ),
    "accounts.add_grant": PageHelp(
        _l("Give a role"),
        _l(
            "Choose where the role holds. A coordinator looks after a unit and all below it, a venue manager after "
            "one venue, a teacher after their own record. For a second venue give the role a second time."
        ),
        within="accounts.index",
    ),
    "accounts.trail": PageHelp(
        _l("Audit trail"),
        _l(
            "Find out here who changed an entry, and what stood there before. Filter by the user or by the kind of "
            "entry, open the values, or choose an entry to read its whole history. Nothing is undone from here."
        ),
    ),
    "workbooks.start": PageHelp(
        _l("Excel"),
        _l(
            "Use this when many entries change at once, or when the lists exist already in Excel. Your own file will "
            "do as well: the columns are found by their headings. After uploading you see row by row what would "
            "change, and nothing is taken over before you press the button."
        ),
        within="terms.show",
    ),
    "workbooks.show": PageHelp(
        _l("Look through a workbook"),
        _l(
            "Begin with the rows to be mended: beside each stands what is wrong. Correct them in the file, or "
            "download it with the faulty cells marked, and upload it again. When no row is faulty, take everything "
            "over at once; it can be undone here later, as long as nobody has changed the same entries."
        ),
        within="terms.show",
    ),
    "workbooks.progress": NoHelp.FRAGMENT,
    "workbooks.download": NoHelp.FILE,
    "workbooks.marked": NoHelp.FILE,
    "hours.read": NoHelp.FRAGMENT,
    "own_account.show": PageHelp(
        _l("My account"),
        _l(
            "See in which browsers you are signed in, and end those that are not yours any more. The second factor "
            "asks for a code beside your password; set it up when you look after other people's data. Your password "
            "is changed here as well."
        ),
    ),
    "account_links.show": NoHelp.SAYS_ITSELF,
    "second_factor.ask": NoHelp.SAYS_ITSELF,
    "second_factor.show": NoHelp.SAYS_ITSELF,
    "second_factor.renew": NoHelp.SAYS_ITSELF,
    "second_factor.remove": NoHelp.SAYS_ITSELF,
    "accounts.download_trail": NoHelp.FILE,
}
