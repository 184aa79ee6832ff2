# Two commands for a fresh machine: `make demo` and `make test`. Each sets up what it needs.
PYTEST = .venv/bin/python -m pytest
UV ?= uv
# Extra words for pytest or the program: make test ARGS="-k timing"
ARGS ?=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup demo test test-stage precise waiting lint format lock bench torture dist-test clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup: ## make .venv with everything the program needs
	@bash scripts/setup.sh run

demo: ## set up, then run a whole rehearsal on recorded answers
	@bash scripts/setup.sh run
	@.venv/bin/greenroom demo $(ARGS)

test: lint ## set up, then lint, fast tests and one end-to-end test a room
	$(PYTEST) -m "not stage" -n 2 --dist loadgroup $(ARGS)

test-stage: precise waiting ## set up, then the tests in real time on the virtual sound card

# Most of them wait for sound: three at a time keep two processors busy. Those that measure tenths of a second
# want a machine with room to spare. Where ARGS leaves none of a kind, pytest ends with 5. `make -k` runs both.
precise:
	@bash scripts/setup.sh test
	$(PYTEST) -m "stage and precise" -n 2 --dist loadgroup $(ARGS) || [ $$? -eq 5 ]

waiting:
	@bash scripts/setup.sh test
	$(PYTEST) -m "stage and not precise" -n 3 --dist loadgroup $(ARGS) || [ $$? -eq 5 ]

lint: ## set up, then ruff and mypy
	@bash scripts/setup.sh test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

format: ## set up, then let ruff put the code in order
	@bash scripts/setup.sh test
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

lock: ## write requirements/*.txt again (needs uv; make lock ARGS=--upgrade for the newest)
	@UV="$(UV)" bash scripts/lock.sh $(ARGS)

bench: ## set up, then measure
	@bash scripts/setup.sh test
	.venv/bin/python benchmarks/run.py $(ARGS)

torture: ## set up, then a long rehearsal with everything that people do (half an hour; ARGS="--turns 6")
	@bash scripts/setup.sh test
	.venv/bin/python benchmarks/torture.py $(ARGS)

dist-test: ## build sdist and wheel, install the wheel elsewhere, run the demo there
	@bash scripts/setup.sh test
	@bash scripts/dist-test.sh

clean: ## remove .venv, caches and builds
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
