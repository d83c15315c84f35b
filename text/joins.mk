# The tables of word pairs, compiled for text/joins.c.
data: $(BUILD)/data/fr.joins $(BUILD)/data/en.joins

$(BUILD)/joins-compile: $(call obj,tools/joins_compile.c text/joins.c text/utf8.c \
		$(wildcard base/*.c)) | $(BUILD)/libparaph.a
	$(CC) $(OPT) $(LDFLAGS) -o $@ $(filter %.o,$^) $(BUILD)/libparaph.a $(LIBS)

$(BUILD)/data/%.joins: data/lang/%-joins.tsv $(BUILD)/joins-compile
	@mkdir -p $(@D)
	$(BUILD)/joins-compile $< $@
