"""Forms of rows that somebody else may edit meanwhile: nothing of what either of them wrote is lost.

A form carries a short digest of every value that it showed. When it is sent, the row is locked and looked at again:
what somebody else has changed and this user has not stays as it is, and where both have changed the same, nothing is
saved, the user is told who wrote what, and what they themselves wrote stays in the form.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any, ClassVar, Final, TypeVar

from flask import flash, request
from flask_babel import format_time, gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy import inspect, select
from wtforms import BooleanField, Field, HiddenField, SelectFieldBase

from scheduler.audit.meanwhile import changes_since, newest_of
from scheduler.core.database import Base, now
from scheduler.core.extensions import db
from scheduler.models import AuditEntry

F = TypeVar("F", bound="EditedForm")
SHOWN: Final = "shown_values"
"""The hidden field with the digests."""
MOST_SHOWN: Final = 100_000


def hold(row: Base) -> None:
    """Where a form is sent: let nobody else change the row before this request ends, and look at everything anew."""
    if request.method == "POST":
        key = inspect(row).mapper.primary_key
        of_row = zip(key, inspect(row).identity or (), strict=True)
        held = select(*key).where(*(column == value for column, value in of_row)).with_for_update(key_share=True)
        db.session.execute(held)
        db.session.expire_all()


def editing(row: Base, build: Callable[[], F]) -> F:
    """The form of a row as it now is, which ``build`` makes once the row is held."""
    hold(row)
    form = build()
    form.remember(row)
    return form


class EditedForm(FlaskForm):
    """What every form knows of the row that it edits, and of what others have made of it."""

    STORED_IN: ClassVar[Mapping[str, str]] = {}
    """The column or table in which a field's value is found that is not called like it."""
    edited_row: Base | None = None
    _edited_rows: Mapping[str, Base]

    def remember(self, row: Base, rows: Mapping[str, Base] | None = None) -> None:
        """Take a hidden field in that says what all the others show; some may show other ``rows``, by field name."""
        self.edited_row, self._edited_rows = row, rows or {}
        self._fields[SHOWN] = self.meta.bind_field(self, HiddenField(), {"name": SHOWN, "prefix": ""})
        self._fields[SHOWN].process(request.form if request.method == "POST" else None, self._shown_now())

    def keep_both(self) -> bool:
        """Leave what others have changed; False where they changed the same values, which then stand as errors."""
        shown = self._shown_before()
        if self.edited_row is None or shown is None:
            return True
        moment, before = shown
        theirs = [entry for entry in self._edited_fields() if before.get(entry.name) != digest(held_by(entry))]
        left = [entry for entry in theirs if digest(entry.data) == before.get(entry.name)]
        disputed = [entry for entry in theirs if entry not in left and digest(entry.data) != digest(held_by(entry))]
        if not theirs:
            return True
        changes = self._changes_since(moment, theirs)
        for entry in left:
            put(entry, held_by(entry))
        self._fields[SHOWN].data = self._shown_now()
        if left:
            flash(_told(changes, left), "info")
        for entry in disputed:
            entry.errors = [_disputed(changes[entry.name], entry)]
        return not disputed

    def _edited_fields(self) -> list[Field]:
        return [entry for name, entry in self._fields.items() if name not in ("csrf_token", SHOWN)]

    def _shown_now(self) -> str:
        values = {entry.name: digest(held_by(entry)) for entry in self._edited_fields()}
        return json.dumps({"at": now().isoformat(), "values": values}, separators=(",", ":"))

    def _shown_before(self) -> tuple[datetime, dict[str, str]] | None:
        """When the form was shown, and what; None where it says nothing that can be read."""
        text = self._fields[SHOWN].data if SHOWN in self._fields else None
        if not text or len(text) > MOST_SHOWN:
            return None
        try:
            shown = json.loads(text)
            return datetime.fromisoformat(shown["at"]), dict(shown["values"])
        except (ValueError, TypeError, KeyError, RecursionError):
            return None

    def _changes_since(self, moment: datetime, entries: list[Field]) -> dict[str, AuditEntry | None]:
        """By field name the newest change of what it shows, None where the trail does not tell."""
        assert self.edited_row is not None
        of_row = changes_since(self.edited_row, moment)
        changes = {}
        for name in (entry.name for entry in entries):
            if row := self._edited_rows.get(name):
                changes[name] = next(iter(changes_since(row, moment)), None)
            else:
                changes[name] = newest_of(of_row, (name, f"{name}_id", f"{name}_code", self.STORED_IN.get(name, name)))
        return changes


def _told(changes: Mapping[str, AuditEntry | None], left: list[Field]) -> str:
    """What to say of fields that others have changed and this user has not."""
    names = _(", ").join(_("“%(name)s”", name=entry.label.text) for entry in left)
    authors = [change.user for entry in left if (change := changes[entry.name]) is not None]
    users = sorted({user.name for user in authors if user is not None})
    if not users:
        return _("Meanwhile somebody else has changed %(fields)s. That stays, and so do your changes.", fields=names)
    return _(
        "Meanwhile %(who)s has changed %(fields)s. That stays, and so do your changes.",
        who=_(", ").join(users), fields=names,
    )


def _disputed(change: AuditEntry | None, entry: Field) -> str:
    """What to say at a field that both have changed."""
    facts = {
        "who": _("Somebody else") if change is None or change.user is None else change.user.name,
        "value": words_of(entry, held_by(entry)) or _("empty"),
    }
    if change is not None and change.user is not None and change.user_id == getattr(current_user, "id", None):
        text = _("In another window you have written “%(value)s” here meanwhile.", **facts)
    elif change is not None:
        text = _("%(who)s has written “%(value)s” here at %(time)s.", **facts, time=format_time(change.at, "short"))
    else:
        text = _("%(who)s has written “%(value)s” here meanwhile.", **facts)
    return text + _(" Yours stands in the form: save once more to have it instead, or write theirs.")


def held_by(entry: Field) -> Any:
    """What the row holds of a field's value, whatever has been sent."""
    return bool(entry.object_data) if isinstance(entry, BooleanField) else entry.object_data


def digest(value: object) -> str:
    """A short mark of a field's value; what a form cannot tell apart has the same."""
    empty = value is None or value in ("", [], {})
    return blake2b(b"" if empty else _plain(value).encode(), digest_size=6).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return repr(sorted((str(key), _plain(item)) for key, item in value.items()))
    if isinstance(value, list | set | frozenset):
        return repr(sorted(map(_plain, value)))
    return str(value)


def put(entry: Field, value: Any) -> None:
    """Let a field hold a value and show it, as if the user had sent that."""
    entry.process_errors, entry.errors = [], ()
    if hasattr(entry, "show"):
        entry.show(value or type(entry.data)())
        return
    entry.data, entry.raw_data = value, None
    text = entry._value() if hasattr(entry, "_value") else ""
    entry.raw_data = list(map(str, value)) if isinstance(value, list) else [text]


def words_of(entry: Field, value: Any) -> str:
    """A value as its field shows it to people, shortened."""
    if hasattr(entry, "words"):
        text = str(entry.words(value))
    elif isinstance(entry, SelectFieldBase):
        chosen = {str(item) for item in value} if isinstance(value, list) else {str(value)}
        text = _(", ").join(str(option.label.text) for option in entry if str(option.data) in chosen)
    elif isinstance(value, bool):
        text = _("yes") if value else _("no")
    else:
        text = "" if value is None else str(value)
    return text if len(text) <= 200 else text[:199] + "…"
