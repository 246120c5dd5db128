# Every target sets up what it needs, and does nothing where that is done. Only python3 >= 3.11 and make must be there.
# Another Python: make run PYTHON=python3.12

PYTHON ?= python3
ARGS ?=
# Two processes, each with a database of its own; who is done takes over from the other.
SIDE_BY_SIDE = -n 2 --dist worksteal
SETUP = @$(PYTHON) -m portal.bootstrap
VENV_PYTHON = .venv/bin/python

# `make lint` looks at the settings of production without a production: a random key, and a database that is nowhere.
AS_PRODUCTION = PORTAL_ENV=production ALLOWED_HOSTS=portal.example \
	SECRET_KEY=$$($(VENV_PYTHON) -c "import secrets; print(secrets.token_urlsafe(64))") \
	DATABASE_URL="postgresql://portal@127.0.0.1:1/portal?pool=false"
# makemigrations asks the database for its history when it can; here it cannot, and need not.
NO_DATABASE = -W "ignore:Got an error checking a consistent migration history:RuntimeWarning"

.DEFAULT_GOAL := help
.PHONY: help run setup test test-slow lint bench lock

help: ## Diese Übersicht
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: ## Portal mit Beispielinhalten auf http://127.0.0.1:8000 starten (PORT=… ändert das), Strg-C beendet
	$(SETUP) run
	@PORTAL_ENV=demo exec $(VENV_PYTHON) manage.py start

setup: ## Alles für Entwicklung und Tests einrichten
	$(SETUP) test

test: ## Alle Tests (ARGS="-k suche" wählt aus)
	$(SETUP) test
	@PORTAL_ENV=test exec $(VENV_PYTHON) -m pytest $(SIDE_BY_SIDE) $(ARGS)

test-slow: ## Störungen, Wettläufe, Wachstum
	$(SETUP) test
	@PORTAL_ENV=test exec $(VENV_PYTHON) -m pytest -m slow $(ARGS)

lint: ## Stil, fehlende Migrationen, Einstellungen des Betriebs
	$(SETUP) lint
	@$(VENV_PYTHON) -m ruff check
	@$(VENV_PYTHON) -m ruff format --check
	@$(AS_PRODUCTION) $(VENV_PYTHON) $(NO_DATABASE) manage.py makemigrations --check --dry-run
	@$(AS_PRODUCTION) $(VENV_PYTHON) manage.py check --deploy --fail-level WARNING

bench: ## Messungen
	$(SETUP) test
	@PORTAL_ENV=test exec $(VENV_PYTHON) -m tests.bench $(ARGS)

lock: ## Abhängigkeiten neu festschreiben (ARGS=--upgrade hebt sie an)
	$(SETUP) lock $(ARGS)
