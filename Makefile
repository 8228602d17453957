# wirewatch: `make` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Imports that Package.swift does not declare are errors in every build.
SWIFT_FLAGS ?= --explicit-target-dependency-import-check error
EVAL_DATA ?= ../shared/eval
FUZZ_RUNS ?= 1000000
SOAK ?= 1
PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
DESTDIR ?=

RELEASE := .build/release/wirewatch
DEBUG := .build/debug/wirewatch
# What is measured and run here is what is installed. Swift's runtime is linked in: one file that needs no toolchain on the
# machine, starts sooner and takes less memory. Where the toolchain has lld, the functions that a polling daemon runs lie side
# by side, for the kernel to read and keep those and not all their neighbours: some 4 MB less of memory.
LLD := $(wildcard $(dir $(realpath $(shell command -v swiftc)))ld.lld)
LINK_ORDER := -Xswiftc -Xfrontend -Xswiftc -function-sections -Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs \
    -Xlinker --no-warn-symbol-ordering -Xlinker --symbol-ordering-file=$(CURDIR)/packaging/functions.order
RELEASE_BUILD := swift build -c release $(SWIFT_FLAGS) --static-swift-stdlib $(if $(LLD),$(LINK_ORDER))
SOURCES := Package.swift Sources Plugins Tests

BUILD_PACKAGES := libyaml-dev libsqlite3-dev zlib1g-dev libssl-dev libcurl4-openssl-dev libmicrohttpd-dev libpcre2-dev pkg-config
TEST_PACKAGES := $(BUILD_PACKAGES) prometheus-alertmanager python3 python3-aiosmtpd logrotate systemd util-linux gzip openssl

# Runs tests; what failed among the thousands of lines is told again at the end.
define run_tests
swift test --skip-build $(1) 2>&1 | tee .build/tests.log || \
    { echo '==> What failed:'; grep -A 1 '^✘' .build/tests.log || tail -20 .build/tests.log; exit 1; }
endef

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | \
	    while IFS=$$'\t' read -r name text; do printf '  %-16s %s\n' "$$name" "$$text"; done

.PHONY: run
run: packages build ## Build (release) and watch with config.yaml; Ctrl-C stops
	@exec $(RELEASE) run --config config.yaml

.PHONY: build
build: ## Build the daemon (release)
	$(RELEASE_BUILD) --product wirewatch

.PHONY: test
test: test-packages ## Build (debug) and run all tests
	swift build --build-tests $(SWIFT_FLAGS)
	$(call run_tests,--skip 'DeliveryTests|IntegrationTests')
	@# Those wait for the real binary by blocking their threads, which would starve the tests above.
	$(call run_tests,--filter 'DeliveryTests|IntegrationTests')

.PHONY: tsan
tsan: test-packages ## Run the tests of the engine, of HTTP and of the listener under the thread sanitizer
	swift test $(SWIFT_FLAGS) --sanitize=thread --scratch-path .build-tsan --filter 'WirewatchEngineTests|WirewatchHTTPTests|WirewatchListenerTests'

.PHONY: record-functions bench bench-pipeline bench-markup bench-fetch bench-parsing bench-matching bench-topics bench-metrics bench-stories bench-extract
bench: bench-pipeline bench-parsing bench-matching bench-topics bench-metrics bench-stories bench-markup bench-extract bench-fetch ## Measure speed and memory, beside a peer or a limit
bench-pipeline: packages build ## Measure the pipeline over articles in files
	python3 Tests/Benchmarks/bench.py --wirewatch $(RELEASE)
bench-markup: packages build ## Measure the HTML parser beside libgumbo and libxml2, where these are installed
	python3 Tests/Benchmarks/markup.py --wirewatch $(RELEASE) --pages $(EVAL_DATA)/extraction/html
bench-fetch: packages build ## Measure polling beside curl (needs nginx and curl); FEEDS=folder for given feeds
	WIREWATCH_BENCH=1 $(RELEASE_BUILD) --product wirewatch-bench-fetching
	python3 Tests/Benchmarks/fetch.py --wirewatch $(RELEASE) --fetcher .build/release/wirewatch-bench-fetching $(if $(FEEDS),--given $(FEEDS))
record-functions: packages build ## Record anew which functions polling runs, for the linker (needs valgrind and nginx)
	python3 Tests/Benchmarks/functions.py --wirewatch $(RELEASE) --out packaging/functions.order
	@# The build does not know of the list: the next one links anew.
	rm -f $(RELEASE)
bench-matching: packages ## Measure the search for terms beside Hyperscan, where libhs is installed; TEXT=file of articles
	WIREWATCH_BENCH=1 $(RELEASE_BUILD) --product wirewatch-bench-matching
	python3 Tests/Benchmarks/matching.py --matcher .build/release/wirewatch-bench-matching $(if $(TEXT),--text $(TEXT))
bench-topics: packages ## Measure topics and entities with what ships, and count allocations; TEXT=file of articles
	WIREWATCH_BENCH=1 $(RELEASE_BUILD) --product wirewatch-bench-topics
	.build/release/wirewatch-bench-topics . $(TEXT)
bench-metrics: packages ## Measure the metrics stage on texts of 1 KB to 10 MB, hostile ones too
	WIREWATCH_BENCH=1 $(RELEASE_BUILD) --product wirewatch-bench-metrics
	.build/release/wirewatch-bench-metrics
bench-rules: packages ## Measure what judging an article costs with 10 to 10,000 rules
	WIREWATCH_BENCH=1 $(RELEASE_BUILD) --product wirewatch-bench-rules
	.build/release/wirewatch-bench-rules
bench-stories: packages ## Measure the grouping into stories at a million recent articles
	WIREWATCH_BENCH=1 $(RELEASE_BUILD) --product wirewatch-bench-stories
	.build/release/wirewatch-bench-stories grouping
bench-parsing: packages ## Measure the reading of feeds beside libxml2; FEEDS=folder for given feeds too
	WIREWATCH_BENCH=1 $(RELEASE_BUILD) --product wirewatch-bench-parsing
	python3 Tests/Benchmarks/parsing.py --parser .build/release/wirewatch-bench-parsing $(if $(FEEDS),--given $(FEEDS))

bench-extract: packages ## Measure the extraction of articles on EVAL_DATA's pages, or made ones, and 100,000 without a pause
	WIREWATCH_BENCH=1 $(RELEASE_BUILD) --product wirewatch-bench-extracting
	python3 Tests/Benchmarks/extracting.py --extractor .build/release/wirewatch-bench-extracting --pages $(EVAL_DATA)/extraction/html

.PHONY: fuzz
fuzz: packages ## Fuzz the parsers of outside input, FUZZ_RUNS inputs each
	Tests/Fuzz/run $(FUZZ_RUNS)

.PHONY: soak
soak: test-packages build ## The delivery tests at length: hundreds of kills, rotations, reloads (SOAK multiplies)
	WIREWATCH_KILLS=$$((300 * $(SOAK))) WIREWATCH_FEED_KILLS=$$((100 * $(SOAK))) WIREWATCH_FILES=$$((20000 * $(SOAK))) \
	    WIREWATCH_ROTATIONS=$$((100 * $(SOAK))) WIREWATCH_RELOADS=$$((100 * $(SOAK))) \
	    WIREWATCH_POST_KILLS=$$((300 * $(SOAK))) WIREWATCH_WEBHOOK_KILLS=$$((100 * $(SOAK))) \
	    WIREWATCH_STREAM_KILLS=$$((500 * $(SOAK))) \
	    WIREWATCH_BINARY=$(abspath $(RELEASE)) swift test $(SWIFT_FLAGS) --filter DeliveryTests

.PHONY: service-test
service-test: ## Run the installed unit under a real systemd in namespaces (root)
	@stage=$$(mktemp -d); trap 'rm -rf "$$stage"' EXIT; \
	$(MAKE) install DESTDIR="$$stage" PREFIX=/usr && Tests/Packaging/service.sh "$$stage/usr/bin/wirewatch"

.PHONY: lint
lint: ## Check the format and the import rules
	swift format lint --strict --parallel -r --configuration .swift-format $(SOURCES)
	python3 Tests/Rules/imports.py
	@command -v systemd-analyze > /dev/null || exit 0; \
	folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	sed 's|/usr/bin/wirewatch|/bin/true|' packaging/wirewatch.service > "$$folder/wirewatch.service"; \
	systemd-analyze verify "$$folder/wirewatch.service"; \
	systemd-analyze security --offline=true --threshold=15 --no-pager "$$folder/wirewatch.service" | tail -1

.PHONY: format
format: ## Format all Swift files
	swift format -i --parallel -r --configuration .swift-format $(SOURCES)

.PHONY: docs
docs: debug ## Write the configuration's reference and JSON Schema anew
	$(DEBUG) docs > packaging/config-reference.md
	$(DEBUG) schema config > packaging/config.schema.json

.PHONY: docs-check
docs-check: debug ## Check that reference and schema are those of the plugins, and the shipped configurations right
	@diff -u packaging/config-reference.md <($(DEBUG) docs) && diff -u packaging/config.schema.json <($(DEBUG) schema config) \
	    || { echo "the reference is out of date: run 'make docs'" >&2; exit 1; }
	$(DEBUG) check --strict --config config.yaml
	@folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	cp packaging/config.yaml Plugins/Classify/topics.yaml Plugins/Classify/topics-zh.yaml Plugins/Entities/entities.yaml Plugins/Alert/rules.yaml "$$folder"; \
	$(DEBUG) check --strict --config "$$folder/config.yaml"

.PHONY: debug
debug:
	swift build $(SWIFT_FLAGS) --product wirewatch

.PHONY: install
install: packages ## Install under PREFIX (default /usr/local), with the systemd unit; DESTDIR stages
	$(RELEASE_BUILD) --product wirewatch
	install -D -m 0755 -s $(RELEASE) $(DESTDIR)$(PREFIX)/bin/wirewatch
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	sed 's|/usr/bin/wirewatch|$(PREFIX)/bin/wirewatch|' packaging/wirewatch.service \
	    > $(DESTDIR)$(PREFIX)/lib/systemd/system/wirewatch.service
	chmod 0644 $(DESTDIR)$(PREFIX)/lib/systemd/system/wirewatch.service
	install -D -m 0644 packaging/wirewatch.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/wirewatch.conf
	@[ -n "$(DESTDIR)" ] || systemd-sysusers $(PREFIX)/lib/sysusers.d/wirewatch.conf
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	$(RELEASE) --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/wirewatch
	install -d $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(RELEASE) --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_wirewatch
	$(RELEASE) --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/wirewatch.fish
	install -D -m 0644 packaging/config-reference.md $(DESTDIR)$(PREFIX)/share/doc/wirewatch/config-reference.md
	install -D -m 0644 packaging/config.schema.json $(DESTDIR)$(PREFIX)/share/doc/wirewatch/config.schema.json
	install -D -m 0644 packaging/logrotate.d/wirewatch $(DESTDIR)$(PREFIX)/share/doc/wirewatch/examples/logrotate
	@install_config() { \
	    target=$(DESTDIR)$(SYSCONFDIR)/wirewatch/$$2; \
	    if [ -e "$$target" ]; then echo "keeping $$target"; else install -D -m 0644 "$$1" "$$target"; fi; }; \
	install_config packaging/config.yaml config.yaml; \
	install_config Plugins/Classify/topics.yaml topics.yaml; \
	install_config Plugins/Classify/topics-zh.yaml topics-zh.yaml; \
	install_config Plugins/Entities/entities.yaml entities.yaml; \
	install_config Plugins/Alert/rules.yaml rules.yaml
	@$(daemon-reload)
	@echo "installed; start it with: systemctl enable --now wirewatch"

.PHONY: uninstall
uninstall: ## Remove what install wrote, except configuration, state, logs and the user
	rm -f $(DESTDIR)$(PREFIX)/bin/wirewatch $(DESTDIR)$(PREFIX)/lib/systemd/system/wirewatch.service
	rm -f $(DESTDIR)$(PREFIX)/lib/sysusers.d/wirewatch.conf
	rm -f $(DESTDIR)$(PREFIX)/share/bash-completion/completions/wirewatch
	rm -f $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_wirewatch
	rm -f $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/wirewatch.fish
	rm -rf $(DESTDIR)$(PREFIX)/share/doc/wirewatch
	@$(daemon-reload)

# The evaluations need data that is not in the repository: EVAL_DATA=folder.
.PHONY: eval-feeds eval-html5 eval-extraction eval-topics eval-train eval-entities eval-metrics eval-stories eval-seeds
eval-feeds: ## Score the reading of feeds on EVAL_DATA
	@$(call evaluate,feeds,the feed source)
eval-html5: ## Score the HTML parser on EVAL_DATA
	@$(call evaluate,html5,the HTML5 tree builder)
eval-extraction: ## Score the extraction of articles on EVAL_DATA
	@$(call evaluate,extraction,the extraction of HTML pages)
eval-topics: ## Score the topics on EVAL_DATA
	@$(call evaluate,topics,the topic evaluation)
eval-train: ## Score topics learned from EVAL_DATA, by cross-validation
	@$(call evaluate,train,the training of topics)
eval-entities: ## Score the entities of annotated dumps beside EVAL_DATA
	@$(call evaluate,entities,the entities stage)
eval-metrics: ## Score the metrics on EVAL_DATA
	@$(call evaluate,metrics,the metric evaluation)
eval-stories: build ## Score the grouping into stories, and the detection of bursts, on EVAL_DATA
	WIREWATCH_BENCH=1 $(RELEASE_BUILD) --product wirewatch-bench-stories
	python3 Tests/Evaluation/eval_stories.py --data $(EVAL_DATA) --wirewatch $(RELEASE) --bench .build/release/wirewatch-bench-stories
eval-seeds: ## Compare whole runs with annotated page-text dumps beside EVAL_DATA
	@$(call evaluate,seeds,the annotated dumps)

.PHONY: clean
clean: ## Remove what builds have made
	rm -rf .build .build-tsan .build-fuzz

.PHONY: packages test-packages
packages:
	@packaging/install-packages $(BUILD_PACKAGES)
test-packages:
	@packaging/install-packages $(TEST_PACKAGES)

# $(call evaluate,name,what it waits for)
define evaluate
if [ -e Tests/Evaluation/eval_$(1).py ]; then \
    $(MAKE) build && python3 Tests/Evaluation/eval_$(1).py --data $(EVAL_DATA) --wirewatch $(RELEASE); \
else echo "$@: waits for $(2), which is not part of wirewatch yet"; fi
endef

define daemon-reload
if [ -z "$(DESTDIR)" ] && [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
endef
