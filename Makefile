# make install  build .venv from the locked dependencies
# make demo     read the bundled dossier; write brief.html, a record and a brief on the dispute
# make test     check the code and run the tests
# make lock     renew the locked dependencies

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
DOSSIER := src/communique/dossiers/japan-russia

.PHONY: install demo test lint lock
.DEFAULT_GOAL := install

install: $(STAMP)

# pip comes first: the one that older Pythons bring cannot resolve the extras of lxml under --require-hashes.
# Debian splits ensurepip off into python3-venv; where it is missing but pip is there, pip can fill the environment.
$(STAMP): pyproject.toml requirements.lock requirements-pip.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Communique needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/python && $(BIN)/python -m pip --version >/dev/null 2>&1 \
	  || $(PYTHON) -m venv --clear .venv 2>/dev/null \
	  || { $(PYTHON) -m venv --clear --without-pip .venv && $(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes -r requirements-pip.lock; } \
	  || { echo "Python cannot make a virtual environment here; on Debian: apt install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-pip.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: install
	$(BIN)/communique brief $(DOSSIER) --title "Japan and Russia, 2022-2024" -o brief.html
	$(BIN)/communique add --record demo.db $(DOSSIER)
	$(BIN)/communique brief "peace treaty" --record demo.db -o peace-treaty.html
	@echo "What was said is in $(CURDIR)/brief.html, where the dispute stands in $(CURDIR)/peace-treaty.html: open them in a"
	@echo "browser. To walk through the record: $(BIN)/communique serve --record demo.db"

# Two processes side by side, so that both cores of a small machine have work; what the first says comes last.
ASIDE := tests/analysis tests/benchmarks tests/brief tests/cli tests/web

test: lint
	@mkdir -p build
	@$(BIN)/python -m pytest $(ASIDE) > build/tests-aside.txt 2>&1 & aside=$$!; \
	$(BIN)/python -m pytest $(addprefix --ignore=,$(ASIDE)); rest=$$?; \
	wait $$aside; side=$$?; cat build/tests-aside.txt; exit $$((rest + side))

lint: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

lock:
	test -x .venv-lock/bin/uv || { $(PYTHON) -m venv .venv-lock && .venv-lock/bin/python -m pip install --quiet uv==0.13.9; }
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --custom-compile-command "make lock" --all-extras --group dev -o requirements.lock pyproject.toml
	echo pip==26.3 | .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --custom-compile-command "make lock" -o requirements-pip.lock -
