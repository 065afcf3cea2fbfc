"""The Chinese catalogue: ``update`` collects every text of the program into it, ``check`` says whether it is complete.

The texts themselves are written by hand into ``scheduler/translations/zh/LC_MESSAGES/messages.po``.
"""

import sys
from collections.abc import Iterator
from configparser import ConfigParser
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "scheduler" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {**DEFAULT_KEYWORDS, **parse_keywords(["_l", "lazy_gettext", "lazy_ngettext:1,2"])}
# The history of the catalogue is kept by version control; a date in it would only make changes collide.
DATE = datetime(2026, 11, 1, tzinfo=UTC)


def _version() -> str:
    """The project's version, which stands in ``setup.cfg``."""
    project = ConfigParser()
    project.read(ROOT / "setup.cfg", encoding="utf-8")
    return project["metadata"]["version"]


def _empty() -> Catalog:
    return Catalog(
        locale="zh", project="Learning City Scheduler", version=_version(), copyright_holder="the project's authors",
        header_comment="# Chinese texts of Learning City Scheduler.", last_translator="the project's authors",
        language_team="Chinese", creation_date=DATE, revision_date=DATE, fuzzy=False,
    )


def extracted() -> Catalog:
    """Every translatable text of code and templates, without translations."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    catalogue = _empty()
    for _file, _line, text, _comments, context in extract_from_dir(ROOT, methods, options, KEYWORDS):
        catalogue.add(text, context=context)
    return catalogue


def stored() -> Catalog:
    """The catalogue as it is in the project."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh")


def _texts(catalogue: Catalog) -> dict[object, Message]:
    return {message.id: message for message in catalogue if message.id}


def _translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return all(strings) and bool(strings)


def faults() -> Iterator[str]:
    """What is wrong with the stored catalogue, one sentence each."""
    wanted, known = _texts(extracted()), _texts(stored())
    for text in wanted.keys() - known.keys():
        yield f"not in the catalogue: {text!r}"
    for text in known.keys() - wanted.keys():
        yield f"no longer used: {text!r}"
    for text, message in known.items():
        if message.fuzzy:
            yield f"marked fuzzy: {text!r}"
        if text in wanted and not _translated(message):
            yield f"not translated: {text!r}"
        for error in message.check():
            yield f"{error}: {text!r}"


def update() -> None:
    """Write the catalogue anew: today's texts, with the translations that are known."""
    known, fresh = _texts(stored()), _empty()
    for text, message in sorted(_texts(extracted()).items(), key=lambda item: str(item[0])):
        fresh.add(message.id, known[text].string if text in known else "", flags=message.flags)
    with CATALOGUE.open("wb") as file:
        write_po(file, fresh, width=0, sort_output=True)
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, fresh)


def main(command: str) -> int:
    """Run ``update`` or ``check``; 1 when the catalogue is not complete."""
    if command == "update":
        update()
    found = sorted(faults())
    print("\n".join([*found, f"{len(found)} faults in {CATALOGUE.relative_to(ROOT)}"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else "check"))
