# Everything is done by the command peru-media; this file only makes it short.
# Works with GNU make 3.81 (macOS) and later.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:

# Words from the person at the keyboard reach commands through the environment,
# byte for byte: make must never read them as code, and neither must the shell.
WORDS := AT AUDIO CODE CONFIRM CONTRIBUTOR DRY_RUN FEED FILE FORMAT FROM_TAGS LIMIT
WORDS += MAX_DELETE NUMBER MODEL ONLINE OUT PLAN PORT PUBLISH REASON REPLACE
WORDS += SHOW SLUG SPOKEN TARGET TITLE YES
WORDS += ADD NAME REVOKE
WORDS += FIRE_DRILL READ_DATA
$(foreach word,$(WORDS),$(eval override $(word) := $$(value $(word))))
export $(WORDS)

# Compiled Python starts three times as fast.
unexport PYTHONDONTWRITEBYTECODE
export UV_COMPILE_BYTECODE := 1
export UV_SYSTEM_CERTS := 1

BIN := .venv/bin
PERU_MEDIA := $(BIN)/peru-media
TOOLS := .peru-media/tools
READERS := .peru-media/tests/readers
JUDGES := .peru-media/tests/pages
HUB := .peru-media/tests/hub
RUNS := .venv/.runs
HEARS := .venv/.hears
SHARES := .venv/.shares
TESTS := .venv/.tests
PEERS := .venv/.peers

# Debian's names of the programs that the tests drive for real.
PARTS := chromium curl ffmpeg gpodder newsboat nginx-light openssl podget poppler-utils
PARTS += systemd
PROGRAMS := chromium curl ffmpeg gpo newsboat nginx openssl pdftotext podboat podget
PROGRAMS += systemd-analyze

##@ Everyday work
help: ## Show this page.
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z][a-z-]*:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo 'Words in capitals are given as NAME=value: make new TITLE="Finding my feet"'
	@echo 'make ends with 2 whatever went wrong; automation should call peru-media'
	@echo 'itself, which says more by its exit codes. To have it at hand in this shell,'
	@echo 'after make setup: . .venv/bin/activate, and then peru-media --help'

setup: $(RUNS) ## Install what publishing needs, into .venv alone.

# What serves is told apart from its shell by exec, so that a signal reaches it.
start: $(RUNS) ## Publish to this computer and serve it. PORT= chooses another port.
	@PERU_MEDIA_STARTING=1 $(PERU_MEDIA) publish --target local --yes \
	  $${PORT:+--port="$$PORT"} \
	  && exec $(PERU_MEDIA) serve --target local $${PORT:+--port="$$PORT"}

new: $(RUNS) ## Begin an episode. TITLE= SLUG= AUDIO= SHOW= NUMBER= PUBLISH= CONTRIBUTOR=
	@exec $(PERU_MEDIA) new \
	  $${TITLE:+--title="$$TITLE"} $${AUDIO:+--audio="$$AUDIO"} \
	  $${SHOW:+--show="$$SHOW"} $${SLUG:+--slug="$$SLUG"} \
	  $${NUMBER:+--number="$$NUMBER"} $${PUBLISH:+--publish="$$PUBLISH"} \
	  $${CONTRIBUTOR:+--contributor="$$CONTRIBUTOR"} $${FROM_TAGS:+--from-tags}

probe: $(RUNS) ## Tell what a media file measurably is. FILE=
	@if [ -z "$$FILE" ]; then \
	  echo 'Say which file: make probe FILE=recording.mp3' >&2; exit 2; fi; \
	exec $(PERU_MEDIA) probe -- "$$FILE"

transcribe: $(HEARS) ## Draft a transcript. SLUG= MODEL= SPOKEN= REPLACE=1 YES=1
	@if [ -z "$$SLUG" ]; then \
	  echo 'Say which episode: make transcribe SLUG=my-episode' >&2; exit 2; fi; \
	exec $(PERU_MEDIA) transcribe $${MODEL:+--model="$$MODEL"} \
	  $${SPOKEN:+--language="$$SPOKEN"} $${REPLACE:+--replace} $${YES:+--yes} -- "$$SLUG"

check: $(RUNS) ## Find all that is wrong. SLUG= or FEED= ONLINE=1, TARGET= FORMAT= OUT=
	@exec $(PERU_MEDIA) check $${TARGET:+--target="$$TARGET"} $${ONLINE:+--online} \
	  $${FORMAT:+--format="$$FORMAT"} $${OUT:+--out="$$OUT"} \
	  $${FEED:+-- "$$FEED"} $${SLUG:+-- "$$SLUG"}

preview: $(RUNS) ## See what you write as it will look, drafts too. SLUG= PORT= AT=
	@exec $(PERU_MEDIA) preview $${PORT:+--port="$$PORT"} $${AT:+--at="$$AT"} \
	  $${SLUG:+-- "$$SLUG"}

build: $(RUNS) ## Write the site as plain files into build/. OUT= TARGET=
	@exec $(PERU_MEDIA) build --clean $${OUT:+--out="$$OUT"} $${TARGET:+--target="$$TARGET"}

explain: $(RUNS) ## Explain a code that check printed, and how to mend it. CODE=
	@exec $(PERU_MEDIA) explain $${CODE:+-- "$$CODE"}

plan: $(RUNS) ## Show what a publish would change. TARGET= PORT= OUT= saves it
	@exec $(PERU_MEDIA) plan $${TARGET:+--target="$$TARGET"} \
	  $${PORT:+--port="$$PORT"} $${OUT:+--out="$$OUT"}

publish: $(RUNS) ## Check, ask, send, verify. TARGET= PORT= PLAN= MAX_DELETE= YES=1
	@exec $(PERU_MEDIA) publish $${TARGET:+--target="$$TARGET"} \
	  $${PORT:+--port="$$PORT"} $${MAX_DELETE:+--max-delete="$$MAX_DELETE"} \
	  $${YES:+--yes} $${PLAN:+-- "$$PLAN"}

withdraw: $(RUNS) ## Take somebody out for good. SLUG= or CONTRIBUTOR=, TARGET= REASON=
	@exec $(PERU_MEDIA) withdraw $${CONTRIBUTOR:+--contributor="$$CONTRIBUTOR"} \
	  $${TARGET:+--target="$$TARGET"} $${REASON:+--reason="$$REASON"} \
	  $${CONFIRM:+--confirm="$$CONFIRM"} $${DRY_RUN:+--dry-run} $${SLUG:+-- "$$SLUG"}

redact: $(RUNS) ## Take out what its edits say, of what is out, too. SLUG= TARGET= YES=1
	@exec $(PERU_MEDIA) redact $${TARGET:+--target="$$TARGET"} $${YES:+--yes} \
	  $${SLUG:+-- "$$SLUG"}

serve: $(RUNS) ## Serve what is published. TARGET= PORT=
	@exec $(PERU_MEDIA) serve $${TARGET:+--target="$$TARGET"} $${PORT:+--port="$$PORT"}

import: $(RUNS) ## Take a show over from its feed, with all files. FEED= SHOW= LIMIT=
	@if [ -z "$$FEED" ]; then \
	  echo 'Say which feed: make import FEED=https://old.example.org/feed.xml' >&2; \
	  exit 2; fi; \
	exec $(PERU_MEDIA) import $${SHOW:+--show="$$SHOW"} $${LIMIT:+--limit="$$LIMIT"} \
	  -- "$$FEED"

consent: $(RUNS) ## List who is where with whose consent, and what ends. CONTRIBUTOR=
	@exec $(PERU_MEDIA) consent $${TARGET:+--target="$$TARGET"} \
	  $${CONTRIBUTOR:+-- "$$CONTRIBUTOR"}

listeners: $(RUNS) ## Who hears a private show. SHOW= ADD=1 NAME= or REVOKE=, TARGET=
	@if [ -n "$$REVOKE" ]; then set -- revoke "$$REVOKE"; \
	elif [ -z "$$SHOW" ]; then \
	  echo 'Say which show: make listeners SHOW=my-show' >&2; exit 2; \
	elif [ -n "$$ADD" ]; then set -- add "$$SHOW"; \
	else set -- list "$$SHOW"; fi; \
	exec $(PERU_MEDIA) listeners $${NAME:+--name="$$NAME"} \
	  $${TARGET:+--target="$$TARGET"} -- "$$@"

status: $(RUNS) ## List the episodes: draft, scheduled, published, changed. TARGET= PORT=
	@exec $(PERU_MEDIA) status $${TARGET:+--target="$$TARGET"} $${PORT:+--port="$$PORT"}

releases: $(RUNS) ## List the releases that can be brought back. TARGET= PORT=
	@exec $(PERU_MEDIA) releases $${TARGET:+--target="$$TARGET"} \
	  $${PORT:+--port="$$PORT"}

rollback: $(RUNS) ## Bring a former release back. RELEASE= TARGET= PORT= MAX_DELETE= YES=1
	@exec $(PERU_MEDIA) rollback $${TARGET:+--target="$$TARGET"} \
	  $${PORT:+--port="$$PORT"} $${MAX_DELETE:+--max-delete="$$MAX_DELETE"} \
	  $${YES:+--yes} $${RELEASE:+-- "$$RELEASE"}

collect: $(RUNS) ## Delete what no release needs any more. TARGET= PORT= YES=1
	@exec $(PERU_MEDIA) collect $${TARGET:+--target="$$TARGET"} \
	  $${PORT:+--port="$$PORT"} $${YES:+--yes}

doctor: $(RUNS) ## Find what is wrong with a target. TARGET= PORT= READ_DATA=1 FIRE_DRILL=1
	@exec $(PERU_MEDIA) doctor $${TARGET:+--target="$$TARGET"} $${PORT:+--port="$$PORT"} \
	  $${READ_DATA:+--read-data} $${FIRE_DRILL:+--fire-drill}

cluster: $(SHARES) ## Install what sharing the work with other computers needs.
	@echo 'Ready: docs/cluster.md says how the computers find each other.'

schema: $(RUNS) ## Write the JSON Schemas that editors use into .schemas/.
	@exec $(PERU_MEDIA) schema --out .schemas

clean: ## Remove what can be made again; what is published here stays.
	rm -rf build dist .schemas htmlcov .coverage .coverage.* .mypy_cache .ruff_cache
	rm -rf .pytest_cache .import_linter_cache .hypothesis
	rm -rf .peru-media/cache.sqlite* .peru-media/copies .peru-media/check-*.json
	rm -rf .peru-media/words-*

##@ For developers
all: lint types layers test ## Everything that must hold before a change goes in.

test: parts lint types layers cover ## Set up everything, and pass every test.

parts: $(TESTS) ## Install the programs that tests drive for real (as root, by apt).
	@$(call INSTALLED,$(PROGRAMS),$(PARTS))
	@$(call INSTALLED,node npm,nodejs npm)
	@$(MAKE) -s $(READERS)/node_modules/.package-lock.json
	@$(MAKE) -s $(JUDGES)/node_modules/.package-lock.json
	@$(MAKE) -s $(HUB)/.installed

# Python 3.11 may refuse to trace a thread while another begins; no test fails by that.
RACE := ignore:Exception ignored in thread started by:pytest.PytestUnraisableExceptionWarning

cover: $(TESTS) ## Run the tests, and see that they reach every branch.
	@rm -f .coverage .coverage.*
	@COVERAGE_PROCESS_START='$(CURDIR)/pyproject.toml' COVERAGE_FILE='$(CURDIR)/.coverage' \
	  $(BIN)/python -m pytest -q -n 2 -W '$(RACE)'
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report

lint: $(TESTS) ## See that the code looks as agreed.
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/python scripts/measure.py peru_media

types: $(TESTS) ## See that the types fit.
	@$(BIN)/mypy

layers: $(TESTS) ## See that each floor stands only on the floors below.
	@$(BIN)/lint-imports --no-logo

measure: $(TESTS) ## Show how long the functions are.
	@$(BIN)/python scripts/measure.py peru_media

golden: $(TESTS) ## Write anew what tests compare with: read the difference by eye.
	@PYTHONPATH=. $(BIN)/python scripts/cli_reference.py
	@PYTHONPATH=. $(BIN)/python scripts/tag_reference.py
	@PYTHONPATH=. $(BIN)/python scripts/field_reference.py
	@PYTHONPATH=. $(BIN)/python scripts/code_reference.py
	@PYTHONPATH=. $(BIN)/python scripts/rule_reference.py
	@PYTHONPATH=. $(BIN)/python scripts/library_reference.py
	@PYTHONPATH=. $(BIN)/python scripts/catalogue.py
	@$(BIN)/python -m tests.reading.broken
	@$(BIN)/python -m tests.readers.page
	@$(BIN)/python -m tests.media.durations > /dev/null

screenshots: $(TESTS) ## Take the pictures of pages that the documents show.
	@$(call INSTALLED,chromium,chromium)
	@PYTHONPATH=. $(BIN)/python scripts/screenshots.py docs/screenshots

bench: $(PEERS) ## Measure the speed against others, and against the goals.
	@$(call INSTALLED,wrk nginx,wrk nginx-light)
	@if command -v npm > /dev/null; then \
	  $(MAKE) -s $(READERS)/node_modules/.package-lock.json; fi
	@$(BIN)/python -m bench

# Bounded to some minutes; the tests try a part of it each time.
fuzz: $(TESTS) ## Try 20,000 damaged files: each ends in facts or in one sentence.
	@$(BIN)/python -m tests.media.fuzz

torture: parts ## Break stores, networks, servers: count what is lost. Ten minutes.
	@$(BIN)/python -m tests.torture

.PHONY: help setup start new probe transcribe check preview build explain plan publish
.PHONY: serve withdraw redact import status doctor schema clean cluster
.PHONY: releases rollback collect
.PHONY: all test parts cover lint types layers measure golden bench fuzz torture
.PHONY: consent listeners screenshots

# What is installed is what uv.lock says. Where uv is missing it is fetched by pip,
# beside the environment, so that the environment holds nothing else.
$(RUNS): pyproject.toml uv.lock
	@$(FETCH_UV) && "$$uv" sync --quiet --locked --inexact --no-dev
	@touch $@

# The engine that runs a model which hears words; the model itself is never fetched.
$(HEARS): pyproject.toml uv.lock
	@$(FETCH_UV) && "$$uv" sync --quiet --locked --inexact --no-dev --extra transcribe
	@touch $(RUNS) $@

# What speaks to the computers of a cluster, the same on each of them.
$(SHARES): pyproject.toml uv.lock
	@$(FETCH_UV) && "$$uv" sync --quiet --locked --inexact --no-dev --extra cluster
	@touch $(RUNS) $@

$(TESTS): pyproject.toml uv.lock
	@$(FETCH_UV) && "$$uv" sync --quiet --locked --inexact \
	  && "$$uv" pip install --quiet pip
	@touch $(RUNS) $@

$(PEERS): pyproject.toml uv.lock
	@$(FETCH_UV) && "$$uv" sync --quiet --locked --group bench
	@touch $(RUNS) $(TESTS) $@

# Readers of feeds and judges of pages, by others, as their lock files say, each by its
# hash.
.peru-media/tests/%/node_modules/.package-lock.json: \
  tests/%/package.json tests/%/package-lock.json tests/%/.npmrc
	@mkdir -p .peru-media/tests/$*
	@cp $^ .peru-media/tests/$*
	@cd .peru-media/tests/$* \
	  && npm ci --loglevel=error > npm.log 2>&1 || { cat npm.log; exit 1; }

# A WebSub hub by others, in an environment of its own.
$(HUB)/.installed: tests/hub/pyproject.toml tests/hub/uv.lock
	@$(FETCH_UV) && UV_PROJECT_ENVIRONMENT='$(CURDIR)/$(HUB)' \
	  "$$uv" sync --quiet --locked --project tests/hub
	@touch $@

# See that programs are there; as root on Debian, install what is missing.
define INSTALLED
missing=; for program in $(1); do \
  command -v $$program > /dev/null || missing="$$missing $$program"; done; \
if [ -z "$$missing" ]; then exit 0; fi; \
if [ "$$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then \
  echo "This drives real programs, and these are missing:$$missing"; \
  echo "On Debian: sudo apt-get install --no-install-recommends $(2)"; \
  exit 1; fi; \
export DEBIAN_FRONTEND=noninteractive; \
install='apt-get install -y -q --no-install-recommends $(2)'; \
$$install || { apt-get update -q && $$install; }
endef

define FETCH_UV
uv=$$(command -v uv || echo $(TOOLS)/bin/uv); \
if [ ! -x "$$uv" ]; then \
  echo 'Setting up (once)...'; \
  export PIP_ROOT_USER_ACTION=ignore; \
  python3 -m pip --version > /dev/null 2>&1 \
    && python3 -m pip install --quiet --disable-pip-version-check \
         --target $(TOOLS) uv \
    || { python3 -m venv $(TOOLS) && $(TOOLS)/bin/pip install --quiet uv; } \
    || { echo 'Install Python 3.11 or later with pip: apt-get install python3-pip'; \
         exit 1; }; \
fi
endef
