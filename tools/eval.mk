# make eval: precision and recall against the corpora, written to docs/EVALUATION.md; each
# eval-NAME prints its section. Without the corpora (PARAPH_SHARED) it says so and stops.
.PHONY: eval-artifacts
EVALS += eval-artifacts

eval-artifacts: programs data
	@if [ -d "$(PARAPH_SHARED)/corpora" ]; then \
		mkdir -p $(BUILD)/eval; \
		PARAPH_DATA=$(BUILD)/data tools/eval_artifacts.py $(BUILD)/paraph "$(PARAPH_SHARED)/corpora" \
			>$(BUILD)/eval/artifacts.md && cat $(BUILD)/eval/artifacts.md; \
	else echo "eval-artifacts: skipped, no corpora at $(PARAPH_SHARED)"; fi

eval:
	@mkdir -p docs
	@$(MAKE) --no-print-directory $(EVALS)
	@[ ! -d $(BUILD)/eval ] || { echo "# Evaluation"; echo; \
		echo "Figures of \`make eval\`; the corpora are read where they are and never copied."; \
		for section in $(BUILD)/eval/*.md; do echo; cat $$section; done; } >docs/EVALUATION.md
