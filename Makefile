# Everything a developer does. `make demo` and `make test` set up all they need.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo doctor test lint format agents bench bench-crawl bench-peers clean java nginx chromium screenshots

demo: $(READY)
	$(BIN)/provisor demo --out demo

doctor: $(READY)
	$(BIN)/provisor doctor

test: $(READY) java nginx chromium
	$(BIN)/python -m pytest -n 3 --dist loadfile

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The table of crawlers, from the package that pyproject.toml names; a newer one is a newer line there.
agents: $(READY)
	$(BIN)/python -m tests.provenance.agents_built > agents.csv.new
	mv agents.csv.new provenance/agents.csv

bench: $(READY)
	$(BIN)/python -m benchmarks.audit --bounds

bench-crawl: $(READY)
	$(BIN)/python -m benchmarks.crawl

bench-peers: $(READY)
	$(BIN)/python -m benchmarks.peers

# The tests run Spark for real: fetch its Java where we may, and say so where we may not.
java:
	@command -v java >/dev/null \
	  || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	       && apt-get update -qq && apt-get install -y -qq openjdk-17-jre-headless; } \
	  || { echo "the tests run Spark, which needs Java 17; as root: apt-get install openjdk-17-jre-headless"; exit 1; }

# They also crawl a real web server.
nginx:
	@PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null \
	  || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	       && apt-get update -qq && apt-get install -y -qq nginx-light; } \
	  || { echo "the tests crawl a real nginx; as root: apt-get install nginx-light"; exit 1; }

# And they click through the portal's pages in a real browser.
chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	  || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	       && apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk; } \
	  || { echo "the tests use a real Chromium; as root: apt-get install chromium"; exit 1; }

# Pictures of the portal's pages, at the width of a phone and of a desk.
screenshots: $(READY) chromium
	$(BIN)/python -m tests.portal.screenshots docs/portal

clean:
	rm -rf $(VENV) demo

# Debian splits venv from Python: fetch it where we may, and say so where we may not.
$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "provisor needs Python 3.11 or later; name one with: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
	  || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	       && apt-get update -qq && apt-get install -y -qq python3-venv; } \
	  || { echo "Python's venv module is missing; as root: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@
