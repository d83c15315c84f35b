# make bench: speed beside Debian's spell checkers, into docs/BENCHMARKS.md.
.PHONY: bench
bench:
	@tools/bootstrap.sh bench
	@$(MAKE) --no-print-directory all
	bench/speed.py $(BUILD)/paraph docs/BENCHMARKS.md
