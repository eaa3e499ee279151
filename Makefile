# Everything a person or a machine runs here, each defined once. `make` alone says what there is.
# Needs make and Python 3.11 or newer; all else is installed into .venv from the hashed lock.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo "$$python"; break; }; done)
RUN := .venv/bin
PIP := -m pip --disable-pip-version-check --no-input --quiet
COMPILE := build/lock/bin/uv --quiet pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate

FAULTS ?= 5000
STEPS ?= 20000
YEAR ?= 5000
SEED ?= 2026
CASE ?=
SHARE ?= 1

AUDIT ?=

export PYTHONUTF8 = 1
export AUDIT

.PHONY: help demo test check audit sbom faults bench lock messages clean
help:
	@echo 'make demo      a practice agency run through a whole year, in a folder of its own'
	@echo 'make test      style, types, floors, catalogues and every test'
	@echo 'make check     make test, audit and sbom, then the wheel on its own as a user installs it'
	@echo 'make audit     asks for known weaknesses of every dependency; AUDIT=skip where the index cannot be reached'
	@echo 'make sbom      build/sbom.json: what the program is made of (CycloneDX)'
	@echo 'make faults    kills, power cuts, full disks, damaged files, a year of nights (FAULTS= STEPS= YEAR= SEED= CASE= SHARE=)'
	@echo 'make bench     time and memory beside a bare script'
	@echo 'make messages  the catalogues, after a sentence was added or changed'
	@echo 'make lock      requirements/*.txt, after a dependency was changed (LOCK=--upgrade for newer ones)'
	@echo 'make clean     remove everything made here'

# Two steps, since the lock changes rarely and the project's own metadata often. The lock names everything, so
# nothing is resolved: pip would look at newer releases of what another package asks for, and refuse them.
.venv/.locked: requirements/dev.txt
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer with venv is needed (Debian: apt-get install python3-venv); make PYTHON=/path/to/python names one.' >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(RUN)/python $(PIP) install --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

.venv/.installed: .venv/.locked pyproject.toml src/kinerja_cli/__init__.py
	$(RUN)/python $(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

demo: .venv/.installed
	$(RUN)/kinerja demo

# The tests of the domain cover it by themselves; under the others, counting lines would take a third of their time.
test: .venv/.installed
	$(RUN)/ruff check
	$(RUN)/ruff format --check
	$(RUN)/mypy
	$(RUN)/lint-imports --no-logo
	$(RUN)/pytest -n auto tests/domain src/kinerja_cli/domain --cov
	$(RUN)/pytest -n auto --dist worksteal tests --ignore tests/domain

check: test audit sbom
	rm -rf build/wheel build/user
	$(RUN)/python $(PIP) wheel --no-deps --no-build-isolation --wheel-dir build/wheel .
	$(RUN)/python -m venv build/user
	build/user/bin/python $(PIP) install --require-hashes --no-deps -r requirements/run.txt
	build/user/bin/python $(PIP) install --no-deps --no-index build/wheel/*.whl
	cd build/user && bin/kinerja --version && bin/kinerja demo

build/audit/.locked: requirements/audit.txt
	$(PYTHON) -m venv --clear build/audit
	build/audit/bin/python $(PIP) install --require-hashes --no-deps -r requirements/audit.txt
	@touch $@

audit: build/audit/.locked
	build/audit/bin/python -m tools.dependency_audit requirements/run.txt

sbom: build/audit/.locked
	build/audit/bin/python -m tools.bill_of_materials requirements/run.txt build/sbom.json

# One damaged workbook alone, its file kept: make faults SEED=2026 CASE=735
# A tenth of the kills, power cuts and errors: make faults SHARE=0.1
faults: .venv/.installed
	KINERJA_FAULTS=$(FAULTS) KINERJA_FAULTS_STEPS=$(STEPS) KINERJA_FAULTS_YEAR=$(YEAR) KINERJA_FAULTS_SEED=$(SEED) KINERJA_FAULTS_SHARE=$(SHARE) KINERJA_FAULTS_CASE=$(CASE) $(RUN)/pytest -s tests/faults tests/actions/test_rollover.py

bench: .venv/.installed
	$(RUN)/python -m bench

lock: build/lock/bin/uv
	$(COMPILE) $(LOCK) pyproject.toml -o requirements/run.txt
	$(COMPILE) $(LOCK) pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	$(COMPILE) $(LOCK) --group audit -o requirements/audit.txt

build/lock/bin/uv:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python $(PIP) install 'uv~=0.13.0'

messages: .venv/.installed
	$(RUN)/python -m tools.messages

clean:
	rm -rf .venv build dist kinerja-demo .coverage .coverage.* .hypothesis .*_cache
	find bench src tests tools -name __pycache__ -prune -exec rm -rf {} +
