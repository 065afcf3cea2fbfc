"""Makes the Flask application: settings, extensions, features."""

from typing import Any

from click import ClickException
from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from scheduler import cli
from scheduler.core import errors, row_ids
from scheduler.core.config import ROOT, Settings
from scheduler.core.extensions import babel, csrf, db, limiter, login_manager, migrate
from scheduler.domain.publishing import feed_names
from scheduler.engine.runs.job_kind import register_kinds
from scheduler.engine.runs.kinds import JOB_KINDS
from scheduler.features.delivery.absences import coordination as teacher_absences, views as absences
from scheduler.features.delivery.assignments import views as assignments
from scheduler.features.delivery.bookings import views as bookings
from scheduler.features.delivery.calendars import views as calendars
from scheduler.features.delivery.substitutes import views as substitutes
from scheduler.features.planning.activities import views as activities
from scheduler.features.planning.activities.events import programme_views as programmes, views as events
from scheduler.features.planning.board import views as board
from scheduler.features.planning.demand import views as demand
from scheduler.features.planning.demand.sources import views as demand_sources
from scheduler.features.planning.planning import document_views as plan_documents, views as planning
from scheduler.features.planning.proposals import views as proposals
from scheduler.features.planning.recommendations import views as recommendations
from scheduler.features.planning.scenarios import change_views as scenario_changes, views as scenarios
from scheduler.features.planning.sections import views as sections
from scheduler.features.planning.settling import views as settling
from scheduler.features.planning.statistics import views as statistics
from scheduler.features.planning.statistics.plan_workbook import views as plan_workbook
from scheduler.features.planning.terms import views as terms
from scheduler.features.planning.timetable import views as timetable
from scheduler.features.planning.today import views as today
from scheduler.features.registers.accounts import (
    access_views as user_access,
    link_views as account_links,
    own_views as own_account,
    views as accounts,
)
from scheduler.features.registers.accounts.second_factor import views as second_factor
from scheduler.features.registers.courses import views as courses
from scheduler.features.registers.courses.starter import views as starter_catalogue
from scheduler.features.registers.hours import views as hours
from scheduler.features.registers.network import views as network
from scheduler.features.registers.teachers import views as teachers
from scheduler.features.registers.venues import views as venues
from scheduler.features.residents.guides import views as guides
from scheduler.features.residents.portal import views as portal
from scheduler.features.residents.preferences import views as preferences
from scheduler.maps import tiles
from scheduler.maps.tile_source import SettingsError
from scheduler.web import i18n, read_only
from scheduler.web.help import registry as page_help
from scheduler.web.incoming import characters, hosts, waiting
from scheduler.web.navigation import navigation
from scheduler.web.outgoing import compression, security_headers, static_files
from scheduler.workbooks import views as workbooks

FEATURES = (
    preferences, accounts, own_account, user_access, account_links, second_factor, today, network, venues,
    teachers, courses, starter_catalogue, terms, demand, demand_sources, proposals, sections, planning,
    plan_documents, board, timetable, bookings, portal, calendars, workbooks, activities, events, programmes,
    scenarios, settling, scenario_changes, recommendations, hours, statistics, plan_workbook, assignments,
    absences, teacher_absences, substitutes, guides,
)

MODULES = (
    row_ids, errors, read_only, i18n, security_headers, compression, static_files, page_help, tiles, feed_names, cli,
)
"""What else registers itself with the application."""


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings (from the environment when None)."""
    settings = settings or _settings_of_environment()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.from_mapping(settings.flask())
    app.config["INSTANCE"] = settings.instance
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, settings.proxies)  # type: ignore[method-assign]
    settings.instance.mkdir(parents=True, exist_ok=True)
    hosts.register(app, settings.address)
    characters.register(app)
    waiting.register(app)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "scheduler" / "migrations"), render_as_batch=True)
    babel.init_app(app, locale_selector=i18n.choose_language)
    csrf.init_app(app)
    limiter.init_app(app)
    login_manager.init_app(app)
    for module in MODULES:
        module.register(app)
    register_kinds(app, JOB_KINDS)
    for feature in FEATURES:
        app.register_blueprint(feature.blueprint)
    app.context_processor(_layout_variables)
    return app


def _settings_of_environment() -> Settings:
    """What the environment says; the command line tells in one line what of it cannot be used."""
    try:
        return Settings()
    except SettingsError as error:
        raise ClickException(str(error)) from error


def _layout_variables() -> dict[str, Any]:
    """What the layout needs on every page."""
    return {"navigation": navigation(), "large_view": request.cookies.get("view") == "large"}
