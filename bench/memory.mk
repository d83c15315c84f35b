# make bench-tm: the translation memory at a hundred thousand and a million units, for
# docs/MEMORY.md.
$(BUILD)/bench/memory: $(call obj,bench/memory.c) $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/bench/units.tsv:
	@mkdir -p $(@D)
	@gzip -dc $(PARAPH_SHARED)/corpora/tm/canlaw_dev_120k.tsv.gz >$@

.PHONY: bench-tm
bench-tm: $(BUILD)/bench/memory $(BUILD)/bench/units.tsv
	$(BUILD)/bench/memory $(BUILD)/bench/units.tsv \
		$(PARAPH_SHARED)/corpora/tm/un_sdg_metadata_dev.tsv $(BUILD)/bench 100000 1000000
	bench/tmdb.py $(BUILD)/bench/units.tsv $(BUILD)/bench/questions.tsv $(BUILD)/bench 100000
