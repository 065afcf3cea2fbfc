"""Words in both languages at once: a workbook is understood whatever the language of the page it is uploaded on."""

import re
from functools import lru_cache
from unicodedata import normalize

from flask_babel import LazyString, force_locale

from scheduler.web.i18n import LANGUAGES

PIECES = re.compile(r"[;；\n]+")


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """A text for comparing: letters small, wide forms narrow, blanks single, without a mark for “required”."""
    return " ".join(normalize("NFKC", text).casefold().replace("*", " ").split())


def both(words: LazyString | str) -> list[str]:
    """A text in every language of the product."""
    texts = []
    for language in LANGUAGES:
        with force_locale(language):
            texts.append(str(words))
    return texts


def pieces(text: str) -> list[str]:
    """The entries of a cell that holds several, without blanks around them."""
    return [piece.strip() for piece in PIECES.split(text) if piece.strip()]
