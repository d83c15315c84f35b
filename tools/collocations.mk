# Where the rows of data/lang/collocations-fr.tsv begin, compiled in: checker/rules/collocation.c.
LIB_SRC += $(BUILD)/embed/collocation_rows.c

$(BUILD)/embed/collocation_rows.c: data/lang/collocations-fr.tsv tools/collocations.sh
	@mkdir -p $(@D)
	$(call say,DATA)
	$(Q)tools/collocations.sh $< >$@.new
	@mv $@.new $@
