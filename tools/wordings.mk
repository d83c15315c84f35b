# The wordings, compiled in: checker/wordings.h declares the table. The compiler of the table is
# linked of single files, for the library wants the table first.
WORDINGS  := data/lang/wordings-fr.tsv data/lang/wordings-en.tsv \
             data/lang/fr-frequency.tsv data/lang/en-frequency.tsv
LIB_SRC   += $(BUILD)/embed/wordings.c

$(BUILD)/tools/wordings: $(call obj,tools/wordings_compile.c $(wildcard base/*.c) text/fold.c text/utf8.c)
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/embed/wordings.c: $(WORDINGS) $(BUILD)/tools/wordings
	@mkdir -p $(@D)
	$(call say,DATA)
	$(Q)$(BUILD)/tools/wordings $(WORDINGS) >$@.new
	@mv $@.new $@
