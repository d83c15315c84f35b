# Suggestions beside Hunspell, nuspell and aspell (Debian: nuspell, aspell, aspell-fr, aspell-en).
.PHONY: bench-suggest
bench-suggest: $(BUILD)/bench/suggest $(BUILD)/data/fr.lexicon $(BUILD)/data/en.lexicon
	$(BUILD)/bench/suggest $(BUILD)/data

$(BUILD)/bench/suggest: $(BUILD)/obj/bench/suggest.o $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)
