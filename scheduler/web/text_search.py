"""What the search box of a list finds."""

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

from scheduler.core.spelling import SPELLING


def contains(search: str, *columns: ColumnElement[str] | InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether one of the columns contains these words; capital and small letters are the same.

    Words without such letters, as Chinese ones, are compared as they stand: PostgreSQL then looks through its rows
    several times as fast. Columns with the spelling of a name are compared with words in Latin letters, blanks apart.
    """
    cased = search.lower() != search.upper()
    pinyin = "".join(search.split()).lower()
    return or_(
        *(column.contains(pinyin, autoescape=True)
          for column in columns if column.key == SPELLING and pinyin.isascii()),
        *(column.icontains(search, autoescape=True) if cased else column.contains(search, autoescape=True)
          for column in columns if column.key != SPELLING)
    )
