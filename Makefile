# Everything needs only make and Python 3.11, 3.12 or 3.13; what else there is to install goes into .venv.

.DELETE_ON_ERROR:
.PHONY: help setup demo test lint fmt bench soak fuzz docs release-check clean

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
  $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
UV := $(or $(shell command -v uv 2>/dev/null),.venv/bin/uv)
STAMP := .venv/.synced
EXAMPLES := $(filter-out examples/README.md,$(wildcard examples/*.*))
SHOWN ?= $(firstword $(EXAMPLES))

# A virtual environment or a uv project that happens to be active elsewhere must not be written to.
unexport VIRTUAL_ENV
export UV_PROJECT_ENVIRONMENT := .venv
# Compiled ahead, so that the first start is as quick as the others.
export UV_COMPILE_BYTECODE := 1

help:
	@echo "make setup   install nearer and its tools into .venv"
	@echo "make demo    read the example conversations: one here, all of them as pages in build/demo"
	@echo "make test    check style and types, run the tests"
	@echo "make bench   measure speed, scaling, and (where ../shared/data is) quality beside what people use instead; minutes"
	@echo "make soak    a day of use of the app squeezed into minutes: nothing fails, nothing grows; HOURS=24"
	@echo "make fuzz    throw broken files at every parser, SECONDS=60 each"
	@echo "make fmt     format the code"
	@echo "make docs    write a page for every cue to docs/cues, and the ladder explained, every sentence to docs/words.md"
	@echo "make release-check   build twice, install on each Python, audit the lock (minutes)"
	@echo "make clean   remove what was built and installed"

setup: $(STAMP)

$(STAMP): pyproject.toml uv.lock .python-version
ifeq ($(UV),.venv/bin/uv)
	@test -n "$(PYTHON)" || { echo "nearer needs Python 3.11, 3.12 or 3.13 (or uv), and found none." >&2; exit 1; }
	@test -x .venv/bin/uv || { $(PYTHON) -m venv .venv && .venv/bin/python -m pip install --quiet uv; } || \
	  { echo "The environment could not be made; on Debian, install python3-venv and try again." >&2; exit 1; }
	UV_PYTHON=.venv/bin/python .venv/bin/uv sync --frozen
else
	$(UV) sync --frozen
endif
	@.venv/bin/python -m compileall -q src
	@touch $@

demo: $(STAMP)
	@test -n "$(EXAMPLES)" || { echo "There are no conversations in examples/." >&2; exit 1; }
	@mkdir -p build/demo
	@set -e; for file in $(EXAMPLES); do \
	  page=build/demo/$$(basename "$${file%.*}").html; \
	  .venv/bin/nearer read "$$file" --format html -o "$$page"; \
	  echo "$$page"; \
	done
	@.venv/bin/nearer read "$(SHOWN)"

test: lint
	.venv/bin/pytest -n auto

lint: $(STAMP)
	.venv/bin/ruff check .
	.venv/bin/mypy

fmt: $(STAMP)
	.venv/bin/ruff check --fix-only --quiet .
	.venv/bin/ruff format .

bench: $(STAMP)
	$(UV) sync --frozen --inexact --group bench
	.venv/bin/python benchmarks/speed.py
	.venv/bin/python benchmarks/corpus.py
	@if test -d ../shared/data; then .venv/bin/python benchmarks/field.py; \
	else echo "There is no ../shared/data here, so quality is not measured."; fi

soak: $(STAMP)
	.venv/bin/python tests/soak/soak.py --hours $(or $(HOURS),24)

fuzz: $(STAMP)
	$(UV) sync --frozen --inexact --group fuzz
	.venv/bin/python tests/fuzz/fuzz_source.py --all $(or $(SECONDS),60)

docs: $(STAMP)
	.venv/bin/python docs/make_cues.py
	.venv/bin/python docs/make_ladder.py
	.venv/bin/python docs/make_words.py

release-check: $(STAMP)
	.venv/bin/python tests/release/check.py

clean:
	rm -rf build dist .venv .mypy_cache .ruff_cache .pytest_cache
