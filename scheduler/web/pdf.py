"""Pages on paper: a Typst source of ``templates/printed`` filled with data becomes a PDF with its own fonts."""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, Final

import typst
from flask import Response, request

from scheduler.core.config import ROOT
from scheduler.web.assets import AssetsError, static_folder

SOURCES: Final = ROOT / "templates" / "printed"
FAMILY: Final = "Noto Sans SC"
MAX_FILES_KEPT: Final = 64
"""How many documents are kept: a poster of a few hundred kilobytes is often asked for again."""


class PrintingError(Exception):
    """A document could not be set; the text says what Typst says."""


@cache
def fonts() -> typst.Fonts:
    """The fonts of the installation and no others, so that paper looks the same wherever it is made.

    Raises AssetsError when they are not installed.
    """
    loaded = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[static_folder() / "fonts"]
    )
    if FAMILY not in loaded.families():
        raise AssetsError(f"{FAMILY} is missing: run `python -m scheduler.web.assets`")
    return loaded


def pdf(source: str, data: Mapping[str, Any]) -> bytes:
    """The source with the data, which it reads as JSON: no text of the data is ever taken for markup.

    A warning, such as that of a missing font, is as good as an error: raises PrintingError for both.
    """
    return _set(source, _text(data))


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=MAX_FILES_KEPT)
def _set(source: str, text: str) -> bytes:
    try:
        document, warnings = typst.compile_with_warnings(
            SOURCES / source, root=SOURCES, font_paths=fonts(), sys_inputs={"data": text}, format="pdf"
        )
    except typst.TypstError as error:
        raise PrintingError(error.diagnostic) from error
    if warnings or not isinstance(document, bytes):
        raise PrintingError("; ".join(str(warning.message) for warning in warnings) or "more than one document")
    return document


def pdf_response(source: str, data: Mapping[str, Any], name: str) -> Response:
    """The document as an answer that browsers show, or 304 to whoever has it already."""
    response = Response(mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.set_etag(sha256(f"{source}\n{_text(data)}".encode()).hexdigest()[:32])
    if request.if_none_match.contains(response.get_etag()[0] or ""):
        response.status_code = 304
    else:
        response.data = pdf(source, data)
    return response
