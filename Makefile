# The commands are part of the design (docs/architecture.md): keep names and meaning.
.PHONY: run test prove setup check simulate bench package office

PYTHON = .venv/bin/python
PARALLEL = --numprocesses=auto --maxprocesses=4 --dist=worksteal
N = 2000
SEED = auto

export PYTHONPATH = $(CURDIR)/src:$(CURDIR)/tests

run: setup
	@$(PYTHON) -m pimpasa_desktop.practice

test:
	@build/setup.sh test
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest $(PARALLEL)

prove:
	@build/setup.sh test
	@$(PYTHON) -m power --states 10000 --seed 11
	@$(PYTHON) -m bench
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -m prove --hypothesis-profile=prove --timeout=1500 $(PARALLEL)

setup:
	@build/setup.sh

check: setup
	@$(PYTHON) -m ruff format --check
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports --no-logo
	@$(PYTHON) build/catalogue.py check

simulate: setup
	@$(PYTHON) -m simulation --n $(N) --seed $(SEED)

bench: setup
	@$(PYTHON) -m bench

# The working folder is named: PyInstaller's own would be ./build, which holds the recipes.
package:
	@build/setup.sh package
	@PYI_LOG_LEVEL=ERROR $(PYTHON) -m PyInstaller --noconfirm --workpath out/build --distpath dist installer.spec
	@build/try_package.sh

# An office on this machine, for trying things out: data in out/office.
office: setup
	@mkdir -p out
	@[ -d out/office ] || .venv/bin/pimpasa-office --data out/office init --office "Kantor Percobaan"
	@.venv/bin/pimpasa-office --data out/office serve --port 8443
