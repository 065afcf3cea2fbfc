"""Lets users in and out: what their browser carries, what is counted against whoever fails, and where they go on."""

import time
from typing import Final, TypeVar

from flask import current_app, flash, g, redirect, request, session, url_for
from flask_babel import format_datetime, gettext as _
from flask_login import login_user, logout_user
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from scheduler.audit import trail as audit
from scheduler.core.extensions import db
from scheduler.features.registers.accounts import attempts, devices, queries, sign_ins
from scheduler.features.registers.accounts.attempts import Attempt
from scheduler.features.registers.accounts.browsers import in_words
from scheduler.models import Action, User
from scheduler.web.navigation import home_of
from scheduler.web.redirects import own_address

HALFWAY, HALFWAY_SECONDS = "password_known", 600
"""Where the session says whose password was right, until the second factor is; and for how long."""
R = TypeVar("R", bound=Response)
KEY: Final = "sign_in"
"""Where the session keeps the key of its row."""


def signed_in_user(session_key: str) -> User | None:
    """The user whose key is in the cookie, if the browser's own key there is of an open session of theirs."""
    found = sign_ins.find_open(session.get(KEY, ""), session_key, current_app.permanent_session_lifetime)
    if found is None:
        return None
    g.sign_in = found.id, found.seen_at
    return found.user


def note_seen(response: R) -> R:
    """After a request: note that the browser was there."""
    if "sign_in" in g and not response.cache_control.public:
        sign_ins.note_seen(*g.sign_in)
    return response


def start_session(user: User) -> None:
    """Sign the user in; of the visitor's session before, only the language stays."""
    end_session()
    session.permanent = True
    session[KEY] = sign_ins.start(user, request.user_agent.string, request.remote_addr or "")
    login_user(user)


def end_session() -> None:
    """Sign whoever it is out."""
    language = session.get("language")
    if key := session.get(KEY):
        sign_ins.end(key)
    logout_user()
    session.clear()
    g.pop("csrf_token", None)  # it is that of the session that has ended
    if language:
        session["language"] = language


def wait_for_second_factor(user: User) -> None:
    """Remember that this visitor knows the user's password, which alone opens nothing."""
    end_session()
    session[HALFWAY] = [user.id, user.session_key, int(time.time())]


def halfway_user() -> User | None:
    """The user whose password this visitor knew a moment ago, and whose second factor is still to come."""
    user_id, session_key, moment = session.get(HALFWAY, (0, "", 0))
    user = db.session.get(User, user_id) if time.time() - moment < HALFWAY_SECONDS else None
    return user if user and user.active and user.session_key == session_key else None


def attempt_of(username: str) -> Attempt:
    """Who is trying to get in; TooManyRequests where they failed too often."""
    attempt = Attempt(username, request.remote_addr or "", devices.key_of(queries.user_by_username(username)))
    if current_app.config["RATELIMIT_ENABLED"] and (until := attempts.refused_until(attempt)):
        raise TooManyRequests(retry_after=until)
    return attempt


def note_failure(attempt: Attempt) -> None:
    """Count a wrong password or code, and tell the trail."""
    attempts.note_failure(attempt)
    audit.record_refused_sign_in(db.session(), attempt.username, locked=attempts.refused_until(attempt) is not None)


def let_in(user: User) -> Response:
    """Sign the user in, tell of the time before, and lead on to where they wanted to go."""
    last = sign_ins.latest(user)
    start_session(user)
    audit.record(db.session(), Action.SIGN_IN, user)
    if last is not None:
        moment, browser = format_datetime(last.created_at, "medium"), in_words(last.browser, last.system)
        flash(_("You last signed in on %(moment)s, with %(browser)s.", moment=moment, browser=browser), "info")
    following = own_address(request.args.get("next", ""))
    leading_on = url_for("accounts.password", next=following) if user.must_change_password else following
    response = redirect(leading_on or home_of(user), 303)
    devices.remember(response, user)
    return response
