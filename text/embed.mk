# Data files compiled into the library: text/data.h declares them.
EMBED     := function_words=data/lang/function-words.tsv \
             resolutions=data/lang/resolutions.tsv \
             units=data/lang/units.tsv \
             abbreviations_fr=data/lang/abbreviations-fr.tsv \
             abbreviations_en=data/lang/abbreviations-en.tsv \
             known_acronyms=data/lang/known-acronyms.tsv \
             whole_names=data/lang/whole-names.tsv \
             transliteration=data/lang/transliteration.tsv \
             word_parts=data/lang/word-parts.tsv \
             collocations_fr=data/lang/collocations-fr.tsv \
             feminine_titles=data/lang/feminine-titles.tsv \
             renderings=data/lang/renderings.tsv \
             term_patterns=data/lang/term-patterns.tsv \
             report_style=data/report/report.css \
             report_script=data/report/report.js
EMBED_SRC := $(foreach e,$(EMBED),$(BUILD)/embed/$(firstword $(subst =, ,$(e))).c)
LIB_SRC   += $(EMBED_SRC)

define embed_rule
$(BUILD)/embed/$(firstword $(subst =, ,$(1))).c: $(lastword $(subst =, ,$(1))) tools/embed.sh
	@mkdir -p $$(@D)
	$$(Q)tools/embed.sh $(firstword $(subst =, ,$(1))) $$< >$$@.new
	@mv $$@.new $$@
endef
$(foreach e,$(EMBED),$(eval $(call embed_rule,$(e))))
