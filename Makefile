# Daily commands: `make help` lists them. Needs only Python 3.11 or newer, make and git.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

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
environment: $(STAMPS)/run $(CATALOGUES) ## install the locked packages, the front-end files and the translations
	@$(BIN)/python -m scheduler.assets

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

%.mo: %.po $(STAMPS)/run
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
