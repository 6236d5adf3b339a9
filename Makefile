# Two commands do everything: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
MINUTES ?= 60
export MIEDZA_PORT = $(PORT)
PIP := $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes --python $(VENV)

.PHONY: run demo test bench soak fix lock words clean

run: $(VENV)/run.stamp
	@$(BIN)/python -m tools.ready
	@exec $(BIN)/miedza serve

demo: $(VENV)/run.stamp
	@$(BIN)/python -m tools.ready
	@exec $(BIN)/miedza demo

test: $(VENV)/test.stamp
	@$(BIN)/python -m tools.ready
	@$(BIN)/python -m tools.check

bench: $(VENV)/test.stamp
	@$(BIN)/python -m tools.ready
	@$(BIN)/python -m benchmarks

soak: $(VENV)/test.stamp
	@$(BIN)/python -m soak --minutes $(MINUTES)

fix: $(VENV)/test.stamp
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/djade --target-version 5.2 $$(git ls-files '*.html') || true

words: $(VENV)/test.stamp
	@$(BIN)/python -m tools.translations update
	@$(BIN)/python -m tools.translations check

lock: $(VENV)/uv.stamp
	@for set in uv run test; do $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate --universal --python-version 3.11 \
	  requirements/$$set.in -o requirements/$$set.txt; done

$(VENV)/uv.stamp: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Miedza needs Python 3.11 or newer; this is $$($(PYTHON) -V 2>&1). Try PYTHON=python3.12 make run." >&2; \
	  exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Python cannot make a virtual environment here. On Debian: apt install python3-venv." >&2; \
	  exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/run.stamp: $(VENV)/uv.stamp requirements/run.txt pyproject.toml
	@$(PIP) -r requirements/run.txt
	@$(BIN)/uv pip install --quiet --no-build-isolation --no-deps --python $(VENV) --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements/test.txt
	@$(PIP) -r requirements/test.txt
	@touch $@

clean:
	@rm -rf $(VENV) .cache build dist src/miedza/web/static/built
