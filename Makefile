# The commands of the house. Each recipe is one line; what it does is in dev/.
# PYTHON=python3.12 names another interpreter for making .venv.
PYTHON ?= python3
MAKEFLAGS += --no-print-directory
UNITS ?= 100000
.DEFAULT_GOAL := run
.PHONY: run test cycle bench lint fmt lock messages shots

run:        ## the product with its demo company, on this machine
	@$(PYTHON) -m dev.run

test:       ## every test; ARGS are pytest's
	@$(PYTHON) -m dev.test $(ARGS)

cycle:      ## one day's timetable; AS_OF=YYYY-MM-DD, today without it
	@$(PYTHON) -m dev.cycle $(if $(AS_OF),--as-of=$(AS_OF))

bench:      ## the measures; UNITS=100000 ONLY=bill_run,growth
	@$(PYTHON) -m dev.bench --units=$(UNITS) $(if $(ONLY),--only=$(ONLY))

lint:       ## every check that is not a test
	@$(PYTHON) -m dev.lint

fmt:        ## what a machine can put right
	@$(PYTHON) -m dev.lint --fix

lock:       ## versions and hashes anew; ARGS=--upgrade for newer ones
	@$(PYTHON) -m dev.lock $(ARGS)

messages:   ## collect the texts to translate
	@$(PYTHON) -m dev.messages

shots:      ## pictures of every screen into var/shots
	@$(PYTHON) -m dev.shots $(ARGS)
