# make eval: precision and recall against the corpora, written to docs/EVALUATION.md; each
# eval-NAME prints its section. Without the corpora (PARAPH_SHARED) it says so and stops.
#
#   eval-artifacts   what PDF extraction breaks, and how much of it is mended
#   eval-clean       false alarms on issued texts, counted from judgements (tools/eval_clean.tsv)
#   eval-errors      faults that people left, beside grammalecte-cli where it is installed
#   eval-injected    faults injected into sound sentences, beside grammalecte-cli
#   eval-rules       the rules that no corpus ever triggers
#   eval-rulebook    rows of the rule book that a rule cites, and why the others are not built
#   eval-terms       precision and recall of matching terms (tools/eval_terms.tsv)
#   eval-pdf         text of PDF files against the same documents in DOCX, beside pdftotext
#   eval-align       alignment of texts whose true alignment is known, beside lengths alone
#   eval-bilingual   translations against their source: writes the figures of docs/BILINGUAL.md
#   eval-extract     candidates and translations beside what the termbase knows
#   eval-office      text of DOCX and ODT beside LibreOffice's own (wants the office suite)
EVALS = eval-artifacts eval-clean eval-errors eval-injected eval-rulebook eval-rules eval-terms \
	eval-extract eval-pdf eval-align
.PHONY: $(EVALS)

$(EVALS): eval-%: programs data
	@if [ -d "$(PARAPH_SHARED)/corpora" ]; then \
		mkdir -p $(BUILD)/eval; \
		PARAPH_DATA=$(BUILD)/data PYTHONDONTWRITEBYTECODE=1 python3 tools/eval_$*.py \
			$(BUILD)/paraph "$(PARAPH_SHARED)/corpora" >$(BUILD)/eval/$*.md && \
			cat $(BUILD)/eval/$*.md; \
	else echo "eval-$*: skipped, no corpora at $(PARAPH_SHARED)"; fi

eval:
	@mkdir -p docs
	@$(MAKE) --no-print-directory $(EVALS)
	@[ ! -d $(BUILD)/eval ] || { echo "# Evaluation"; echo; \
		echo "Figures of \`make eval\`; the corpora are read where they are and never copied."; \
		for section in $(BUILD)/eval/*.md; do echo; cat $$section; done; } >docs/EVALUATION.md

$(BUILD)/tools/align_length: $(call obj,tools/align_length.c) $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)
eval-align: $(BUILD)/tools/align_length

# Everything behind the heading “Figures” of docs/BILINGUAL.md.
.PHONY: eval-bilingual
eval-bilingual: programs data
	@if [ -d "$(PARAPH_SHARED)/corpora" ]; then \
		mkdir -p $(BUILD)/eval-bilingual; \
		PARAPH_DATA=$(BUILD)/data PYTHONDONTWRITEBYTECODE=1 python3 tools/eval_bilingual.py \
			$(BUILD)/paraph "$(PARAPH_SHARED)/corpora" >$(BUILD)/eval-bilingual/figures.md && \
		sed '/^## Figures/,$$d' docs/BILINGUAL.md >$(BUILD)/eval-bilingual/docs.md && \
		cat $(BUILD)/eval-bilingual/docs.md $(BUILD)/eval-bilingual/figures.md >docs/BILINGUAL.md && \
		cat $(BUILD)/eval-bilingual/figures.md; \
	else echo "eval-bilingual: skipped, no corpora at $(PARAPH_SHARED)"; fi

.PHONY: eval-office
eval-office: programs data
	@tools/bootstrap.sh office
	@PARAPH_DATA=$(BUILD)/data tools/eval_office.py $(BUILD)/paraph \
		$$(find "$(PARAPH_SHARED)/corpora" -name '*.docx' -o -name '*.odt' | sort)
