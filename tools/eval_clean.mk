# False alarms on issued texts, counted from judgements (tools/eval_clean.tsv).
.PHONY: eval-clean
EVALS += eval-clean

eval-clean: programs data
	@if [ -d "$(PARAPH_SHARED)/corpora" ]; then \
		mkdir -p $(BUILD)/eval; \
		PARAPH_DATA=$(BUILD)/data python3 tools/eval_clean.py $(BUILD)/paraph \
			"$(PARAPH_SHARED)/corpora" >$(BUILD)/eval/clean.md && cat $(BUILD)/eval/clean.md; \
	else echo "eval-clean: skipped, no corpora at $(PARAPH_SHARED)"; fi
