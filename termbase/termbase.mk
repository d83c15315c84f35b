# The built-in termbase: glossaries compiled into a SQLite store and a matching index.
TERMBASE_TSV := $(sort $(wildcard data/glossaries/*.tsv))

data: $(BUILD)/data/terms.index

$(BUILD)/tools/termbase: $(call obj,tools/termbase.c) $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

TERMBASE_MAKERS := $(wildcard termbase/*.[ch]) text/stem.c text/fold.c tools/termbase.c
$(BUILD)/data/terms.index: $(TERMBASE_TSV) $(TERMBASE_MAKERS) | $(BUILD)/tools/termbase
	@mkdir -p $(@D)
	$(call say,DATA)
	$(Q)$(BUILD)/tools/termbase $(@D) $(TERMBASE_TSV)
