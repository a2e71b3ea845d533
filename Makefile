# On a bare Debian machine with Python 3.11, `make serve` and `make test` are the only two commands needed.
PORT ?= 8866
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Without compiled bytecode every kernel imports two to three times slower.
PIP := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pip --disable-pip-version-check install --quiet
APT_ROOT := $(shell [ "$$(id -u)" = 0 ] && command -v apt-get)

.PHONY: setup serve lab test lint bench browser

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { \
	  [ -n "$(APT_ROOT)" ] && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && $(PYTHON) -m venv $(VENV); } || { \
	  echo "Python's venv is missing. Install it (Debian: apt install python3-venv), then run make again."; exit 1; }
	@$(PIP) --upgrade pip
	@$(PIP) --editable '.[test]'
	@touch $@

serve: setup
	@$(BIN)/mira-workbook serve --demo --port $(PORT)

lab: setup
	@$(BIN)/mira-workbook lab

browser:
	@command -v chromium >/dev/null || { [ -n "$(APT_ROOT)" ] && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } || \
	  echo "Chromium is missing, so browser tests are left out. Install it (Debian: apt install chromium)."
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { [ -n "$(APT_ROOT)" ] && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null; } || \
	  echo "PostgreSQL is missing, so its tests are left out. Install it (Debian: apt install postgresql)."
	@command -v npm >/dev/null || { [ -n "$(APT_ROOT)" ] && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq npm >/dev/null; } || true
	@{ command -v pdftotext && $(BIN)/python -c "import weasyprint"; } >/dev/null 2>&1 || { \
	  [ -n "$(APT_ROOT)" ] && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	  libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 poppler-utils >/dev/null; } || \
	  echo "Pango or poppler is missing, so PDF files are not tested. Install them (Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 poppler-utils)."
	@for part in mira_workbook/widgets/js mira_workbook/serve/client; do \
	  [ -d $$part/node_modules ] || { command -v npm >/dev/null && (cd $$part && npm ci --silent --no-audit --no-fund); } || \
	  echo "npm is missing, so the scripts of $$part are not rebuilt and axe does not look at pages."; done

lint: setup
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/mira-workbook check

test: setup browser lint
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not bench" --nbval-lax --nbval-current-env --nbval-cell-timeout=60 tests workbooks

bench: setup browser
	@$(BIN)/python -m pytest tests/bench -q -s
