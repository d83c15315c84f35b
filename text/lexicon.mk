# Compiled lexicons, and the frequencies that a rebuild at run time needs.
LEXICONS    := $(BUILD)/data/fr.lexicon $(BUILD)/data/en.lexicon
FREQUENCIES := $(BUILD)/data/lang/fr-frequency.tsv $(BUILD)/data/lang/en-frequency.tsv

data: $(LEXICONS) $(FREQUENCIES)

$(BUILD)/tools/lexicon: $(BUILD)/obj/tools/lexicon.o $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/data/lang/%-frequency.tsv: data/lang/%-frequency.tsv
	@mkdir -p $(@D)
	cp $< $@

# Rebuilt when what makes it changes, not at every change of the library.
LEXICON_MAKERS := $(wildcard text/lexicon*.[ch] text/affix.[ch] text/expand.[ch] text/automaton.[ch] \
	text/morphology.[ch] text/fold*.[ch] tools/lexicon.c)
$(BUILD)/data/%.lexicon: $(BUILD)/data/lang/%-frequency.tsv $(LEXICON_MAKERS) | $(BUILD)/tools/lexicon
	$(BUILD)/tools/lexicon $* $< $@

$(BUILD)/tools/frequencies: $(BUILD)/obj/tools/frequencies.o $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)
