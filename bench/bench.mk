# make bench: speed beside Debian's spell checkers, into docs/BENCHMARKS.md.
.PHONY: bench
bench:
	@tools/bootstrap.sh bench
	@$(MAKE) --no-print-directory all $(BUILD)/bench/suggest
	@sed -n '/^## Terms/,$$p' docs/BENCHMARKS.md >$(BUILD)/bench/rest.md
	bench/speed.py $(BUILD)/paraph docs/BENCHMARKS.md
	@printf '\n## Suggestions\n\n`make bench-suggest`: wrong words of the corpora and what each program offers.\n\n```\n' \
		>>docs/BENCHMARKS.md
	@$(BUILD)/bench/suggest $(BUILD)/data >$(BUILD)/bench/suggest.txt
	@tee -a docs/BENCHMARKS.md <$(BUILD)/bench/suggest.txt
	@printf '```\n\n' >>docs/BENCHMARKS.md
	@cat $(BUILD)/bench/rest.md >>docs/BENCHMARKS.md

# make bench-files: 10,000 small files and a gigabyte of mixed ones, cold and warm, on one core and
# two, beside peers (npm's cspell, where it is in PATH), into docs/BENCHMARKS.md.
.PHONY: bench-files
MEGABYTES ?= 1000
bench-files: all
	@tools/bootstrap.sh bench
	bench/files.py $(BUILD)/paraph docs/BENCHMARKS.md $(MEGABYTES)

# make bench-capacity: documents that a core checks in an hour, for docs/CAPACITY.md.
.PHONY: bench-capacity
bench-capacity: all
	@tools/bootstrap.sh bench
	PARAPH_DATA=$(abspath $(BUILD)/data) bench/capacity.py $(BUILD)/paraph

# make bench-formats: words a second and memory of each format. make bench-big: documents of 200 MB and
# of 2,000 pages. Both for docs/DOCUMENTS.md.
.PHONY: bench-formats bench-big
bench-formats: all
	PARAPH_DATA=$(BUILD)/data bench/formats.py $(BUILD)/paraph 10
bench-big: all
	PARAPH_DATA=$(BUILD)/data bench/big.py $(BUILD)/paraph

# make bench-import: termbases in and out, for docs/TERMBASE.md.
.PHONY: bench-import
bench-import: all
	bench/import.py $(BUILD)/paraph 10000 100000 1000000

# make bench-rules: what each rule costs on 10 MB of law, how often it is called and speaks.
$(BUILD)/bench/rules: $(call obj,bench/rules.c) $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

.PHONY: bench-rules
bench-rules: $(BUILD)/bench/rules data
	@xz -dc $(PARAPH_SHARED)/corpora/bench/canlaw_fr_50MB.txt.xz | head -c 10000000 >$(BUILD)/bench/rules.txt
	@PARAPH_DATA=$(BUILD)/data $(BUILD)/bench/rules $(BUILD)/bench/rules.txt

# make bench-serve: paragraphs a second that the server checks, for docs/SERVER.md.
.PHONY: bench-serve
bench-serve: all
	@tools/bootstrap.sh bench
	PARAPH_DATA=$(abspath $(BUILD)/data) bench/serve.py $(BUILD)/paraph

# make bench-serve-stores: concordance in a million units and search in a hundred thousand concepts over
# HTTP, for docs/SERVER.md.
.PHONY: bench-serve-stores
bench-serve-stores: all $(BUILD)/bench/units.tsv
	@tools/bootstrap.sh bench
	PARAPH_DATA=$(abspath $(BUILD)/data) bench/serve_stores.py $(BUILD)/paraph $(BUILD)/bench $(BUILD)/bench/units.tsv
