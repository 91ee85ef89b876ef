# Two commands matter: `make demo` and `make test`. Each sets up all it needs.
PYTHON ?= python3
BIN := .venv/bin
# The locks are complete: --no-deps keeps old pips from resolving anew.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test test-slow bench audit lock dist clean run-env dev-env

demo: run-env  ## run the main job on a sandbox chapter: no account, no configuration
	@$(BIN)/clerk demo

test: dev-env  ## everything that must hold
	@$(BIN)/python -m tests

test-slow: dev-env  ## what takes minutes: every request undone and done, canaries in every byte, a browser
	@$(BIN)/python -m pytest -n auto -m slow --durations=25

bench: dev-env  ## seconds, megabytes and growth, printed as a table
	@$(BIN)/python -m tests.bench

run-env: .venv/run.stamp
dev-env: .venv/dev.stamp

.venv/run.stamp: requirements/run.lock pyproject.toml
	@echo "Setting up .venv (once; a minute or two) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install --no-deps --require-hashes -r requirements/run.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.lock .venv/run.stamp
	@$(PIP) install --no-deps --require-hashes -r requirements/dev.lock
	@touch $@

audit: dev-env  ## known faults in the locked versions; asks a public feed
	@$(BIN)/pip-audit --no-deps --disable-pip --require-hashes -r requirements/dev.lock

lock:  ## resolve anew; hashes yes, registry addresses no
	@$(PYTHON) requirements/lock.py

dist: run-env  ## the program and all it needs as wheels, to install without a network
	@$(BIN)/python requirements/dist.py

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
