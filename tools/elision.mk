# How French words begin, compiled in: checker/rules/vowel.h.
LIB_SRC += $(BUILD)/embed/elision_fr.c

$(BUILD)/embed/elision_fr.c: data/lang/elision-fr.tsv tools/elision.sh
	@mkdir -p $(@D)
	$(call say,DATA)
	$(Q)tools/elision.sh $< >$@.new
	@mv $@.new $@
