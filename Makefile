# Yishi 议事. `make demo` and `make test` need Python 3.11 or newer and make, and set everything else up by themselves.
#
#   make demo    rehearse a whole session, with progress to watch      演练一次完整的会议
#   make test    all tests but the soak; LEDGER=postgres keeps every record in PostgreSQL     测试
#   make check   format, lint, types, floors, law coverage             检查(一分钟以内)
#   make law     which rule of law is coded where and tested by what   法条覆盖
#   make pages   that, and whatever else is generated: schemas, reference     重新生成各页
#   make soak    the long runs        make bench   the benchmarks      长跑、测速
#   make lock    pin the dependencies anew (UPGRADE=--upgrade for newer ones)
#   make clean   remove what these made
#
# PYTHON=python3.12 chooses an interpreter; DATA=folder keeps the demo's ledger; PYTEST="-k quorum" narrows the tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
WHEELS ?= --only-binary=:all:# an empty WHEELS= lets pip build from source where a platform has no wheels
JOBS ?= 2
LEDGER ?= sqlite
PLAN ?= examples/luqiao/plan.yaml
SCRIPT ?= $(wildcard examples/luqiao/script.yaml)

export PYTHONUTF8 := 1
export YISHI_TEST_LEDGER = $(LEDGER)
export PYTHONDONTWRITEBYTECODE :=# the tests start hundreds of processes, and each would compile all of it anew

.DEFAULT_GOAL := help
.PHONY: help setup demo test check law pages soak bench lock clean

help:
	@sed -n 's/^#   //p' Makefile

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@sh tools/find_python.sh "$(PYTHON)" "$(BIN)/python" "$(VENV)"
	@echo "installing what requirements.lock pins (once; a minute or so) ..."
	@$(PIP) install -qq --require-hashes $(WHEELS) -r requirements.lock
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)
	@data="$(DATA)"; test -n "$$data" || data=$$(mktemp -d); \
	$(BIN)/yishi rehearse $(PLAN) $(if $(SCRIPT),--script $(SCRIPT)) --data "$$data" && \
	echo "The ledger of this rehearsal is in $$data"

test: $(READY)
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not soak" $(PYTEST)

# all of them, whatever fails first, so that one run names every fault
check: $(READY)
	@failed=; for each in "ruff format --check ." "ruff check ." "mypy" "lint-imports --no-cache" \
	  "python -m yishi.planning.schema --check" "python -m yishi.planning.reference --check" \
	  "python -m yishi.planning.rights --check" \
	  "python tools/law_coverage.py --check"; do \
	  echo "== $$each"; $(BIN)/$$each || failed="$$failed  $$each;"; \
	done; test -z "$$failed" || { echo "check failed:$$failed"; exit 1; }

law: $(READY)
	@$(BIN)/python tools/law_coverage.py

pages: law
	@$(BIN)/python -m yishi.planning.schema
	@$(BIN)/python -m yishi.planning.reference
	@$(BIN)/python -m yishi.planning.rights

soak: $(READY)
	@$(BIN)/python -m pytest -m soak --timeout 0 $(PYTEST)

bench: $(READY)
	@for each in step door api append append_postgres growth hall ballots replay papers matters; do echo "== benchmarks/$$each.py"; $(BIN)/python "benchmarks/$$each.py" || exit 1; done

lock: $(READY)
	@$(PIP) install -qq "uv>=0.13,<1"
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet $(UPGRADE) -o requirements.lock

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache rehearsals
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
