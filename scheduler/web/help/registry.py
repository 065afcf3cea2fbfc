"""The help texts of all pages in one list, and the one of the page that is shown."""

from typing import Final

from flask import Flask, request

from scheduler.web.help.accounts import ACCOUNTS
from scheduler.web.help.answers import ANSWERS
from scheduler.web.help.page_help import PageHelp, PageHelpTexts
from scheduler.web.help.pictures import PICTURES
from scheduler.web.help.planning import PLANNING
from scheduler.web.help.registers import REGISTERS
from scheduler.web.help.residents import RESIDENTS
from scheduler.web.help.terms import TERMS

HELP: Final[PageHelpTexts] = {
    **RESIDENTS, **ANSWERS, **ACCOUNTS, **REGISTERS, **TERMS, **PLANNING, **PICTURES,
}


def help_of(endpoint: str | None) -> PageHelp | None:
    """The text of a page; None where it needs none."""
    entry = HELP.get(endpoint or "")
    return entry if isinstance(entry, PageHelp) else None


def register(app: Flask) -> None:
    """Give the layout the text of the page that it draws."""
    app.context_processor(lambda: {"page_help": help_of(request.endpoint)})
