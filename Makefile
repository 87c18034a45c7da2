# Everything a newcomer runs. `make demo` and `make test` do their own set-up on a machine that has Python >= 3.11, git and make.
PYTHON ?= python3
BIN := .venv/bin
# The front-end bundle is built while Python packages are installed.
MAKEFLAGS += --jobs=2
SOURCES := $(shell find frontend/src frontend/*.json frontend/*.mjs -type f 2>/dev/null)
CATALOGS := $(shell find src/saem -name '*.po')
CONTEXTS := src/saem/lib/credentials/badges/published/credentials-2.0.json
STATIC := $(shell find src/saem/web/static -type f -not -path '*/dist/*' 2>/dev/null)

.PHONY: demo cluster deep anymail test check format bench screenshots lock clean site tests-ready

## A demonstration site with real content on 127.0.0.1:8000.
demo: site
	@$(BIN)/saem demo

## What a machine needs to use the Celery engine.
cluster: site
	@$(PYTHON) tools/prepare.py packages cluster

## What deep knowledge tracing needs: PyTorch, a large download with the CUDA libraries on Linux.
deep: site
	@$(PYTHON) tools/prepare.py packages deep

## What mailing through a provider of django-anymail needs; SMTP needs nothing.
anymail: site
	@$(PYTHON) tools/prepare.py packages anymail

## The whole suite: SQLite, PostgreSQL, isolation, browser journeys. What CI runs.
test: site tests-ready check
	@$(BIN)/python tools/suite.py

## What is needed to run the site: Python packages, the front-end bundle, translations, bubblewrap.
site: .venv/site.stamp src/saem/web/static/dist/.stamp $(CONTEXTS) .venv/messages.stamp
	@$(PYTHON) tools/prepare.py system bubblewrap

# After the site's: the system installs one thing at a time.
tests-ready: site .venv/tests.stamp .venv/verifier.stamp
	@$(PYTHON) tools/prepare.py system chromium fonts-nanum postgresql redis-server rabbitmq-server

.venv/build.stamp: requirements/bootstrap.txt requirements/build.txt tools/prepare.py
	@$(PYTHON) tools/prepare.py packages bootstrap build
	@touch $@

.venv/site.stamp: .venv/build.stamp requirements/base.txt pyproject.toml
	@$(PYTHON) tools/prepare.py packages base
	@touch $@

.venv/tests.stamp: .venv/site.stamp requirements/cluster.txt requirements/dev.txt
	@$(PYTHON) tools/prepare.py packages cluster dev
	@touch $@

.venv/verifier.stamp: .venv/build.stamp $(wildcard tests/lib/credentials/verifier/*.json)
	@$(PYTHON) tools/prepare.py verifier
	@touch $@

src/saem/web/static/dist/.stamp: .venv/build.stamp $(SOURCES)
	@$(PYTHON) tools/prepare.py bundle
	@touch $@

# Built with the bundle; somebody may have taken them away.
$(CONTEXTS): src/saem/web/static/dist/.stamp
	@test -f $@ || $(PYTHON) tools/prepare.py bundle

.venv/messages.stamp: .venv/site.stamp $(CATALOGS)
	@$(BIN)/python -m saem.web.translations compile
	@touch $@

## Format, lint, types and the import law.
check: .venv/tests.stamp
	@$(BIN)/ruff format --check -q src tests bench tools
	@$(BIN)/ruff check -q src tests bench tools
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: .venv/tests.stamp
	@$(BIN)/ruff format src tests bench tools
	@$(BIN)/ruff check --fix src tests bench tools

## The pictures in README.md.
screenshots: site tests-ready
	@mkdir -p docs/screenshots
	@SAEM_README_SCREENSHOTS=docs/screenshots $(BIN)/pytest -q tests/journeys -k "phone-ko"

## The tables in docs/measurements.md.
bench: site tests-ready
	@$(BIN)/python -m bench

## Compile requirements/*.in again.
lock: .venv/site.stamp
	@for name in bootstrap base build cluster deep anymail dev; do \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  requirements/$$name.in -o requirements/$$name.txt; done

clean:
	rm -rf .venv var frontend/node_modules src/saem/web/static/dist src/saem/web/fonts \
	  tests/lib/credentials/verifier/node_modules src/saem/lib/credentials/badges/published
