"""Who may open which route: a listing read from the application, kept in ``routes.txt``.

``make routes`` writes it anew; whoever does so reads the difference before committing it.
"""

import tempfile
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from scheduler.app import create_app
from scheduler.core.config import Settings

FILE = Path(__file__).with_name("routes.txt")
WRITTEN_BY_FLASK = {"HEAD", "OPTIONS"}


def rules(app: Flask) -> list[Rule]:
    """All routes of ours, by path; static files are open to everybody and left out."""
    return sorted((rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"), key=lambda rule: rule.rule)


def methods(rule: Rule) -> list[str]:
    """The methods a route was written for."""
    return sorted((rule.methods or set()) - WRITTEN_BY_FLASK)


def audience(app: Flask, rule: Rule) -> str:
    """Who may use a route: ``public``, or roles joined by commas; "nobody said" where neither is declared."""
    roles = getattr(app.view_functions[rule.endpoint], "required_roles", None)
    if roles is None:
        return "nobody said"
    return roles if isinstance(roles, str) else ",".join(sorted(roles))


def listing(app: Flask) -> str:
    """One line for each route: methods, path, audience."""
    lines = [f"{','.join(methods(rule)):8} {rule.rule:64} {audience(app, rule)}" for rule in rules(app)]
    return "\n".join(sorted(lines, key=lambda line: line[9:])) + "\n"


def main() -> None:
    """Write the listing of today's application."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(instance=Path(folder), database_url="sqlite://", secret_key="not used")
        FILE.write_text(listing(create_app(settings)), encoding="utf-8")


if __name__ == "__main__":
    main()
