# Everything a developer does. `make demo` and `make test` set up all they need.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TOOLS  := $(VENV)/tools
RELEASE := $(VENV)/release

# What one process compiled the next ones find, whatever the shell says of bytecode. Files come in their order:
# by the number of their tests, the long ones with few would come last, and the other workers would wait.
TESTS := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

.PHONY: demo doctor test lint format docs agents bench bench-crawl bench-peers clean java nginx \
	lock sbom bench-page chromium screenshots screenshots-reports screenshots-portal \
	mutated kills fuzz thorough mutants

demo: $(READY)
	$(BIN)/provisor demo --out demo

doctor: $(READY)
	$(BIN)/provisor doctor

test: $(READY) java nginx chromium
	$(TESTS)

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The pages of docs/ and the reference that the code writes, as a site to read in `site/`.
docs: $(READY)
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet
	@echo "Look at site/index.html"

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

# 2,000 mutated files and 100 kills; every day's tests do some of each.
mutated: $(READY)
	MUTATED=2000 $(BIN)/python -m pytest -q -s tests/mutated

kills: $(READY)
	KILLS=25 $(BIN)/python -m pytest -q -s tests/kills

# Does a test notice when the code is changed? All mutants, or those of SUBJECT=rules.
mutants: $(READY)
	for subject in $(or $(SUBJECT),canonical verify timeline rules); do \
	  $(BIN)/python -m tests.mutants $$subject || exit 1; done

# What tests draw at random, ten times as much of it.
thorough: $(READY) java nginx chromium
	THOROUGH=10 $(TESTS)

# Every fuzz target for a minute, by atheris.
fuzz: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[fuzz]'
	for target in robots headers html urls json lists; do \
	  $(BIN)/python -m tests.fuzz $$target -max_total_time=60 || exit 1; done

# The releases of all that development needs, by their hashes; docs/operating.md says how to use it.
lock: $(TOOLS)/.ready
	$(TOOLS)/bin/uv pip compile -q pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade -o requirements.lock.new
	mv requirements.lock.new requirements.lock

# What a release stands on (CycloneDX), from an environment that holds those releases and nothing else.
sbom: $(TOOLS)/.ready
	mkdir -p dist
	$(TOOLS)/bin/uv pip compile -q pyproject.toml -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o dist/requirements.txt
	$(TOOLS)/bin/uv venv -q --clear --python $(TOOLS)/bin/python $(RELEASE)
	$(TOOLS)/bin/uv pip install -q --python $(RELEASE)/bin/python --require-hashes -r dist/requirements.txt
	$(TOOLS)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible -o dist/sbom.cdx.json $(RELEASE)

$(TOOLS)/.ready: $(READY)
	$(BIN)/python -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9' 'cyclonedx-bom>=7.2'
	@touch $@

bench-page: $(READY) chromium
	$(BIN)/python -m benchmarks.page --bounds

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

# Pages are looked at in a real browser, and Japanese ones need a font that has the letters.
chromium:
	@{ command -v chromium >/dev/null && fc-list :lang=ja 2>/dev/null | grep -q .; } \
	  || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	       && apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk; } \
	  || { echo "pages are tested in Chromium; as root: apt-get install chromium fonts-noto-cjk"; exit 1; }

# The pictures of the docs; each kind of page has a command of its own.
screenshots: screenshots-reports screenshots-portal

screenshots-reports: $(READY) chromium
	$(BIN)/python -m tests.pictures.reports docs/reports

screenshots-portal: $(READY) chromium
	$(BIN)/python -m tests.portal.screenshots docs/portal

clean:
	rm -rf $(VENV) demo site

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
