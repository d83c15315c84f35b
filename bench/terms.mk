# make bench-terms TEXT=file [GLOSSARY=file.tsv]: opening the termbase, finding terms in French.
$(BUILD)/bench/terms: $(call obj,bench/terms.c) $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

.PHONY: bench-terms
bench-terms: $(BUILD)/bench/terms data
	$(BUILD)/bench/terms $(BUILD)/data/terms.index $(TEXT) $(GLOSSARY)

# make bench-scale: the same with 1,000 to 1,000,000 terms that are made up.
$(BUILD)/bench/scale: $(call obj,bench/scale.c) $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

SCALE_TEXT := $(BUILD)/bench/scale.txt
$(SCALE_TEXT):
	@mkdir -p $(@D)
	@xz -dc $(PARAPH_SHARED)/corpora/bench/canlaw_fr_50MB.txt.xz | head -c 20000000 >$@

.PHONY: bench-scale
bench-scale: $(BUILD)/bench/scale $(SCALE_TEXT)
	$(BUILD)/bench/scale data/lang/fr-frequency.tsv $(SCALE_TEXT)

$(BUILD)/bench/search: $(call obj,bench/search.c) $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

# make bench-search: how long a question to a termbase takes, for docs/TERMBASE.md.
.PHONY: bench-search
bench-search: $(BUILD)/bench/search
	@taskset -c 0 $< data/lang/fr-frequency.tsv $(BUILD)/bench
