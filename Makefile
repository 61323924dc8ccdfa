# Two commands set everything up: `make demo` and `make test`.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
TOOLS  := $(CURDIR)/$(VENV)/tools
export PATH := $(TOOLS):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# A test process for each core, of less than a gigabyte each; WORKERS=0 is one process for all.
# A file's tests stay together, since they share servers and models, and files go out in their
# order, in which the long ones come first. A process that dies ends its part, and the run fails.
WORKERS ?= auto
PYTEST := $(BIN)/python -m pytest -q -n $(WORKERS) --maxprocesses 8 --dist loadfile \
  --no-loadscope-reorder --max-worker-restart 0

.PHONY: help demo test proofs bench fresh lint format types index prepared lock tools dev clean
help: ## what there is
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@echo "setting up $(VENV): a minute or two the first time"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(BIN)/python
	@echo "installing locked dependencies"
	@$(BIN)/pip install -q --require-hashes -r requirements/runtime.txt
	@$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@echo "installing what tests need"
	@$(BIN)/pip install -q --require-hashes -r requirements/dev.txt
	@touch $@

dev: $(VENV)/.dev ## the development environment

tools: | $(BIN)/python ## the pinned opa and regal, where Go is present; in CI a Redis too
	@sh requirements/tools.sh "$(TOOLS)"

demo: prepared ## scan the bundled sample and verify the log
	@$(BIN)/python examples/demo.py

test: $(VENV)/.dev tools lint types prepared fresh ## every test
	$(PYTEST) -m "not proof"

proofs: $(VENV)/.dev tools prepared ## slower proofs
	$(PYTEST) -m proof

bench: $(VENV)/.dev tools prepared ## each promise of speed against a named peer (GOLD=file.jsonl adds quality)
	@for b in policy_latency log_append check_latency scan_throughput ledger detect_message restore_stream gateway; do $(BIN)/python benchmarks/$$b.py || exit 1; done
	@if [ -n "$(GOLD)" ]; then $(BIN)/python benchmarks/quality.py --gold $(GOLD) --out predictions.jsonl; fi

fresh: $(VENV)/.runtime
	@out=$$($(BIN)/guard region check --older-than 180d) || { echo "$$out"; exit 1; }

lint: $(VENV)/.dev
	@$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check .

types: $(VENV)/.dev
	@$(BIN)/mypy

format: $(VENV)/.dev ## format
	$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .

index: $(VENV)/.runtime ## refresh dispatch.rego and the data trees' indexes
	$(BIN)/python -m guard.policy policies && $(BIN)/python -m guard.data && $(BIN)/python -m guard.officer policies regions docs/law
	@$(BIN)/python -m guard.preparation

prepared: $(VENV)/.runtime ## work out what every start would of the shipped files
	@$(BIN)/python -m guard.preparation

lock: COMPILE = $(VENV)-lock/bin/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-annotate --no-header
lock: ## resolve the locked dependencies anew
	$(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/pip install -q uv
	$(COMPILE) pyproject.toml requirements/build.in -o requirements/runtime.txt
	$(COMPILE) --extra postgres --extra redis --extra gateway pyproject.toml requirements/build.in requirements/dev.in -c requirements/runtime.txt -o requirements/dev.txt
	for one in requirements/integrations/*.in; do $(COMPILE) $$one -c requirements/runtime.txt -o $${one%.in}.txt || exit 1; done
	$(COMPILE) requirements/kits/leak.in -o requirements/kits/leak.txt
	$(COMPILE) requirements/kits/former.in -c requirements/runtime.txt -o requirements/kits/former.txt
	$(COMPILE) requirements/kits/schemathesis.in -o requirements/kits/schemathesis.txt
	$(COMPILE) --no-deps requirements/kits/model.in -o requirements/kits/model.txt
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) demo-out .pytest_cache .mypy_cache .ruff_cache dist
