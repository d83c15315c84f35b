# False alarms on issued texts, counted from judgements (tools/eval_clean.tsv).
.PHONY: eval-clean
eval-clean: all
	@if [ -d "$(PARAPH_SHARED)/corpora" ]; then \
		python3 tools/eval_clean.py $(BUILD)/paraph "$(PARAPH_SHARED)/corpora"; \
	else echo "eval-clean: skipped, no corpora in $(PARAPH_SHARED)"; fi
