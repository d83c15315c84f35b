# make bench-stores: the shared memory beside the one in a file and beside pg_trgm, for
# docs/STORES.md. SIZES says of how many units.
$(BUILD)/bench/stores: $(call obj,bench/stores.c) $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

.PHONY: bench-stores
bench-stores: SIZES ?= 100000 1000000
bench-stores: all $(BUILD)/bench/stores $(BUILD)/bench/units.tsv
	bench/stores.py $(BUILD)/paraph $(BUILD)/bench/stores $(BUILD)/bench/units.tsv \
		$(PARAPH_SHARED)/corpora/tm/un_sdg_metadata_dev.tsv $(BUILD)/bench/stores.d $(SIZES)
