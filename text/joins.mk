# The tables of word pairs, compiled for text/joins.c.
data: $(BUILD)/data/fr.joins $(BUILD)/data/en.joins

$(BUILD)/tools/joins: $(BUILD)/obj/tools/joins_compile.o $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/data/%.joins: data/lang/%-joins.tsv $(BUILD)/tools/joins
	@mkdir -p $(@D)
	$(BUILD)/tools/joins $< $@
