# make bench: speed beside Debian's spell checkers, into docs/BENCHMARKS.md.
.PHONY: bench
bench:
	@tools/bootstrap.sh bench
	@$(MAKE) --no-print-directory all $(BUILD)/bench/suggest
	bench/speed.py $(BUILD)/paraph docs/BENCHMARKS.md
	@printf '\n## Suggestions\n\n`make bench-suggest`: wrong words of the corpora and what each program offers.\n\n```\n' \
		>>docs/BENCHMARKS.md
	@$(BUILD)/bench/suggest $(BUILD)/data | tee -a docs/BENCHMARKS.md
	@printf '```\n' >>docs/BENCHMARKS.md
	@printf '\n## Terms\n\n`make bench-scale`: matching with a thousand to a million terms.\n\n```\n' \
		>>docs/BENCHMARKS.md
	@$(MAKE) --no-print-directory bench-scale | grep terms | tee -a docs/BENCHMARKS.md
	@printf '```\n' >>docs/BENCHMARKS.md

# make bench-import: termbases in and out, for docs/TERMBASE.md.
.PHONY: bench-import
bench-import: all
	bench/import.py $(BUILD)/paraph 10000 100000 1000000
