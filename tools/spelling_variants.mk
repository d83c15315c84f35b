# The words of two right spellings, compiled in: checker/rules/spelling_variants.h.
LIB_SRC += $(BUILD)/embed/spelling_variants.c

$(BUILD)/embed/spelling_variants.c: data/lang/spelling-variants.tsv tools/spelling_variants.sh
	@mkdir -p $(@D)
	$(call say,DATA)
	$(Q)tools/spelling_variants.sh $< >$@.new
	@mv $@.new $@
