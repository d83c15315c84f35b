# make bench-terms TEXT=file [GLOSSARY=file.tsv]: opening the termbase, finding terms in French.
$(BUILD)/bench/terms: $(call obj,bench/terms.c) $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

.PHONY: bench-terms
bench-terms: $(BUILD)/bench/terms data
	$(BUILD)/bench/terms $(BUILD)/data/terms.index $(TEXT) $(GLOSSARY)
