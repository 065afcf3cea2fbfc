"""Reading and writing the two documents; a wrong value is named by its path."""

import re
from codecs import BOM_UTF8
from copy import copy
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from solver.problem.plan import Plan
from solver.problem.term import Term
from solver.problem.validation import problems

Source = bytes | str | Path
Document = TypeVar("Document")

MAX_BYTES = 400_000_000


class DocumentError(ValueError):
    """A document cannot be used: ``path`` names the wrong value, ``problem`` what is wrong with it."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}" if path else problem)
        self.path = path
        self.problem = problem


def read_term(source: Source) -> Term:
    """The term in JSON bytes, or in the file of that name. Raises DocumentError."""
    data, kind = _bytes(source), "term/1"
    term = _decode(data, Term)
    _expect_format(term.format, kind)
    _refuse_empty_pins(data)
    for path, problem in problems(term):
        raise DocumentError(path, problem)
    return term


def read_plan(source: Source) -> Plan:
    """The plan in JSON bytes, or in the file of that name, whether it fits a term or not. Raises DocumentError."""
    plan = _decode(_bytes(source), Plan)
    _expect_format(plan.format, "plan/1")
    return plan


def write_term(term: Term) -> bytes:
    """The term as JSON."""
    return msgspec.json.encode(msgspec.structs.replace(term, format="term/1"))


def write_plan(plan: Plan) -> bytes:
    """The plan as JSON."""
    return msgspec.json.encode(msgspec.structs.replace(plan, format="plan/1"))


def _bytes(source: Source) -> bytes:
    """The bytes without the mark that some editors put before them."""
    if isinstance(source, bytes):
        return source.removeprefix(BOM_UTF8)
    try:
        if Path(source).stat().st_size > MAX_BYTES:
            raise DocumentError(str(source), f"larger than {MAX_BYTES} bytes")
        return Path(source).read_bytes().removeprefix(BOM_UTF8)
    except (OSError, ValueError) as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError(str(source), getattr(error, "strerror", None) or str(error)) from error


def _decode(data: bytes, kind: type[Document]) -> Document:
    try:
        return _typed(data, kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DocumentError("", f"not a JSON document ({error})") from error


def _typed(data: bytes, kind: type[Document]) -> Document:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        raise _located(error, msgspec.json.decode(data), kind) from error


class _Pinned(msgspec.Struct):
    """What is pinned of a section, with parts that are null told from parts that are not there."""

    pinned: dict[str, Any] | None = None


class _PinnedSections(msgspec.Struct):
    sections: list[_Pinned]


def _refuse_empty_pins(data: bytes) -> None:
    """A part that is null pins nothing and is no part to be left out: nobody knows what was meant."""
    for number, section in enumerate(msgspec.json.decode(data, type=_PinnedSections).sections):
        for part, value in (section.pinned or {}).items():
            if value is None:
                raise DocumentError(f"sections[{number}].pinned.{part}", "null pins nothing: leave it out")


def _expect_format(format_name: str | None, expected: str) -> None:
    if format_name not in (None, expected):
        raise DocumentError("format", f"expected {expected!r}, found {format_name!r}")


def _located(error: msgspec.ValidationError, document: Any, kind: type) -> DocumentError:
    """The decoder writes ``[...]`` for a key of a mapping: put the first key that is really wrong in its place."""
    message, _, path = str(error).partition(" - at `$")
    if "[...]" in path:
        before, _, _ = path.partition("[...]")
        steps = [int(step) if step.isdigit() else step for step in re.findall(r"\w+", before)]
        key, located = _first_wrong(document, steps, kind)
        message, _, path = str(located).partition(" - at `$")
        path = path.replace("[...]", f"[{key!r}]", 1)
    return DocumentError(path.rstrip("`").lstrip("."), message[:1].lower() + message[1:])


def _first_wrong(document: Any, steps: list[Any], kind: type) -> tuple[str, msgspec.ValidationError]:
    """The first wrong key of the mapping at a path, and what is wrong with it.

    Among the first so many keys is a wrong one or is none: halving finds how many, in a few looks at the document.
    """
    entries = list(_at(document, steps).items())
    sound, wrong = 0, len(entries)
    while wrong - sound > 1:
        middle = (sound + wrong) // 2
        if _fault(_with(document, steps, dict(entries[:middle])), kind) is None:
            sound = middle
        else:
            wrong = middle
    fault = _fault(_with(document, steps, dict(entries[sound:wrong])), kind)
    assert fault is not None
    return entries[sound][0], fault


def _fault(document: Any, kind: type) -> msgspec.ValidationError | None:
    try:
        msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        return error
    return None


def _at(node: Any, steps: list[Any]) -> Any:
    for step in steps:
        node = node[step]
    return node


def _with(node: Any, steps: list[Any], value: Any) -> Any:
    """A copy of a document with another value at a path."""
    if not steps:
        return value
    node = copy(node)
    node[steps[0]] = _with(node[steps[0]], steps[1:], value)
    return node
