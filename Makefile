# Everything one types. `make help` lists it; each command installs what it needs the first time.
#
#   TORCH_INDEX=https://download.pytorch.org/whl/cpu make build     on Linux without a GPU: PyTorch's small CPU build
#   CLUSTER=tcp://host:8786 make build                              jobs on a Dask cluster
#   BASE_URL=https://example.org/essay/ make build                  the address at which the site will stand
#   CHROMIUM=/path/to/chromium FIREFOX=... make test                the browsers to test in; WEBKIT=none leaves that one out

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
RUN := $(VENV)/bin/python -m pipeline
INSTALL := $(VENV)/bin/python -m pip install --quiet $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX))
python = $(shell for p in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
ready = $(VENV)/ready
ready-test = $(VENV)/ready-test
needs-cluster = $(if $(CLUSTER),$(VENV)/ready-cluster)

.PHONY: help build draft serve figure why new-chapter check audit lighthouse test lint benchmarks coverage seeds sweep clean clean-store

help:  ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

build: $(ready) $(needs-cluster)  ## Train, draw, sound and publish what is not up to date, into build/site
	@$(RUN) build $(if $(AFRESH),--afresh)

draft: $(ready) $(needs-cluster)  ## The same with a tenth of the steps, watermarked, into build/draft; never published
	@$(RUN) draft $(if $(AFRESH),--afresh)

serve: $(ready)  ## Preview on http://127.0.0.1:8000 (PORT=...); an edited chapter shows at once
	@$(RUN) serve --port $(or $(PORT),8000)

figure: $(ready) $(needs-cluster)  ## Make one figure and what it needs: FIGURE=training_dance/dance
	@$(RUN) figure $(or $(FIGURE),$(error say which: make figure FIGURE=training_dance/dance))

why: $(ready)  ## What a build would do, and which part of a key changed: FIGURE=training_dance/dance
	@$(RUN) why $(FIGURE)

new-chapter: $(ready)  ## Begin a chapter: NAME=16-the-quiet-critic, copied from STUDY=training_dance
	@$(RUN) new-chapter $(or $(NAME),$(error say which: make new-chapter NAME=16-the-quiet-critic)) --model $(or $(STUDY),training_dance)

check: $(ready)  ## Check the built site: links, anchors, ids, alt texts, weights
	@$(RUN) check

audit: $(ready-test)  ## The built site before Lighthouse, the Nu Html Checker and EPUBCheck (ONLY="html epub lighthouse")
	@$(VENV)/bin/python -m audits $(ONLY)

lighthouse: ONLY = speed
lighthouse: audit  ## Lighthouse alone, its times judged, too: a phone on slow 4G, every page (on a quiet machine)

test: $(ready-test)  ## All tests, also in a real browser (ARGS="-k ..." for some)
	@chromium="$$(tests/find-browser chromium)"; firefox="$$(tests/find-browser firefox)"; \
	webkit="$$(tests/find-browser webkit)"; \
	CHROMIUM="$$chromium" FIREFOX="$$firefox" WEBKIT="$$webkit" $(VENV)/bin/python -m pytest $(ARGS)

lint: $(ready-test)  ## ruff and mypy
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy

benchmarks: $(ready-test)  ## Cold build by stage, a build with nothing to do, Lightning and film against plain ways
	@$(VENV)/bin/python -m benchmarks

coverage: $(ready)  ## Modes found on the ring of 8 and the grid of 25, beside published figures (half an hour, resumable)
	@$(VENV)/bin/python -m benchmarks.coverage

seeds: $(ready)  ## Do a study's claims hold from other seeds? STUDY=faces DRAWS="1 2 3"
	@$(VENV)/bin/python -m benchmarks.seeds $(or $(STUDY),$(error say which: make seeds STUDY=faces DRAWS="1 2")) $(DRAWS)

sweep: $(ready)  ## Remove from the store what the published site and draft are not made from
	@$(RUN) sweep

clean:  ## Remove the published pages; what was trained and drawn stays
	rm -rf build/site build/draft build/preview build/*.stamp.json build/logs

clean-store:  ## Remove everything that was ever made: the next build trains from nothing
	rm -rf build

# The environment. Each stamp is newer than the lock it was installed from.
$(VENV)/bin/python:
	@test -n "$(python)" || { echo "This needs Python 3.11 or later. Install it, or say PYTHON=/path/to/python3."; exit 1; }
	@echo "Making $(VENV) with $$($(python) --version)"
	@$(python) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }

$(ready): requirements.lock | $(VENV)/bin/python
	@echo "Installing what a build needs (once; some minutes)"
	@$(INSTALL) -r requirements.lock
	@touch $@

$(VENV)/ready-cluster: requirements-cluster.lock $(ready)
	@$(INSTALL) -r requirements-cluster.lock
	@touch $@

$(ready-test): requirements-test.lock requirements-cluster.lock $(ready)
	@echo "Installing what the tests need"
	@$(INSTALL) -r requirements-test.lock
	@touch $@
