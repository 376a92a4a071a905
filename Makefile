# Everything that can be done with Cobalog from the command line; `make` lists it.

SHELL = /bin/sh
.DEFAULT_GOAL = help
.PHONY: help run dev demo test test-all test-slow test-postgres lint lock bench vendor screenshots env env-dev
MAKEFLAGS += --no-print-directory

python = .venv/bin/python
parallel = --numprocesses auto --maxprocesses 4 --dist worksteal
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name what; do \
		printf 'make %-14s %s\n' "$$name" "$$what"; done

run: env ## serve on http://127.0.0.1:8000 (PORT=8001 HOST=... to change)
	@exec $(python) manage.py serve

dev: env ## serve with reload, debug pages and the demo persons
	@DEBUG=true $(python) manage.py prepare
	@DEBUG=true exec $(python) manage.py runserver "$(HOST):$(PORT)"

demo: env ## serve four persons with eight weeks of meals, from a database of their own
	@COBALOG_DEMO=true COBALOG_VAR="$(CURDIR)/var/demo" $(python) manage.py prepare
	@COBALOG_DEMO=true COBALOG_VAR="$(CURDIR)/var/demo" $(python) manage.py demo
	@COBALOG_DEMO=true COBALOG_VAR="$(CURDIR)/var/demo" exec $(python) manage.py serve

# Each process would compile the tests anew where Python is told to keep no bytecode.
test test-slow test-postgres: export PYTHONDONTWRITEBYTECODE =

test: env-dev ## run the tests but the slow ones, browser tests too where there is a Chromium
	@$(python) -m pytest $(parallel) -m "not slow" $(ARGS)

test-all: test-slow test-postgres ## run what `make test` leaves out: slow tests, and PostgreSQL

test-slow: env-dev
	@$(python) -m pytest $(parallel) -m slow $(ARGS)

test-postgres: env-dev ## run the tests on a real PostgreSQL (no browser tests)
	@$(python) -m tests.postgres $(parallel) $(ARGS)

lint: env-dev ## check style, types, migrations and the settings of a public site
	@$(python) -m ruff check
	@$(python) -m ruff format --check
	@$(python) -m mypy
	@$(python) manage.py makemigrations --check --dry-run
	@COBALOG_HOSTS=example.org COBALOG_BEHIND_PROXY=true $(python) manage.py check --deploy --fail-level WARNING

lock: ## pin what requirements*.in ask for (UPGRADE=1 for the newest versions)
	@sh .ci/lock

bench: env-dev ## measure speed and size on the real server with a 10-year diary
	@$(python) -m tests.bench $(ARGS)

vendor: ## fetch the small plotly.js (optional; needs Node, nothing else does)
	@command -v npm >/dev/null || { echo "Cobalog: npm was not found; charts work without this step" >&2; exit 1; }
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel error

screenshots: env-dev ## make the pictures of the README from demo data
	@$(python) -m tests.screenshots

env:
	@sh .ci/env requirements.txt

env-dev:
	@sh .ci/env requirements-dev.txt
