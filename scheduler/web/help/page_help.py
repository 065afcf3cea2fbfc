"""What is said about a page in place: its name and a short text, or a reason why it needs none."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString


@dataclass(frozen=True)
class PageHelp:
    """A page's name, and in a few sentences what it is for, what to do first and what happens next.

    ``within`` is the endpoint of the page that leads there, where the address holds more than a term.
    """

    name: LazyString
    text: LazyString
    within: str = ""


class NoHelp(StrEnum):
    """Why something that answers GET needs no text."""

    FILE = "a file, or a calendar for other programs"
    FRAGMENT = "a part of another page"
    LEADS_ON = "leads on to another page"
    PLAIN_FORM = "a short form whose fields explain themselves"
    SAYS_ITSELF = "the page begins with all that could be said about it"


PageHelpTexts = dict[str, PageHelp | NoHelp]
"""By endpoint."""
