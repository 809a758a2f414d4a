# Every target sets up what it needs, in .venv; nothing else has to be there but Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help serve build check test lint format schema prose pages golden bench exits lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

serve: $(VENV)/.ready ## build, serve on http://127.0.0.1:8000, and build again with every save
	$(BIN)/python -m macros serve --port $(PORT)

build: $(VENV)/.ready ## write every language to site/
	$(BIN)/python -m macros build

check: $(VENV)/.ready ## say what was checked in data/ and docs/, or list what is wrong
	$(BIN)/python -m macros check

test: $(VENV)/.ready-dev ## run every test, with a browser where there is one
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadgroup

lint: $(VENV)/.ready-dev ## only the style and type checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.ready-dev ## put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schema: $(VENV)/.ready ## write the JSON Schemas that editors use
	$(BIN)/python -m macros schema

prose: $(VENV)/.ready ## say how long and how hard to read each page is
	$(BIN)/python -m macros prose

pages: $(VENV)/.ready-dev ## measure how many pages each template takes on paper
	KIT_MEASURE=1 $(BIN)/pytest -q tests/browser/test_print.py -k takes_the_pages

golden: $(VENV)/.ready-dev ## write the reviewed components anew; look at the diff
	KIT_GOLDEN=1 $(BIN)/pytest -q tests/test_golden.py

bench: $(VENV)/.ready-dev ## time the build against the same pages in stock Material
	$(BIN)/python -m tests.bench

exits: $(VENV)/.ready-dev ## build with ProperDocs and Zensical, and say what differs
	$(BIN)/python -m tests.exits

lock: ## work out the exact versions anew (needs the network)
	$(PYTHON) -m venv .cache/lock
	.cache/lock/bin/pip install -q "uv<1"
	.cache/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes pyproject.toml -o requirements.lock
	.cache/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --extra dev pyproject.toml -o requirements-dev.lock

clean: ## remove what was made, except the site
	rm -rf $(VENV) .cache

$(VENV)/.ready: requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.lock
	touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.lock
	touch $@
