# make lint: what can be proved without running the program.
.PHONY: lint demo eval bootstrap-test
lint: $(BUILD)/libparaph.so $(BUILD)/rules_doc $(BUILD)/settings_schema $(BUILD)/paraph data
	tools/check-layers.sh
	tools/check-symbols.sh $(BUILD)/libparaph.so
	tools/check-headers.sh
	clang-format --dry-run --Werror $$(git ls-files '*.c' '*.h')
	$(BUILD)/rules_doc | diff -u docs/RULES.md -
	$(SCHEMA) | diff -u docs/paraph.schema.json -
	tools/man.sh $(BUILD)/paraph en | diff -u docs/paraph.1 -
	tools/man.sh $(BUILD)/paraph fr | diff -u docs/paraph.fr.1 -
	command -v mandoc >/dev/null
	! mandoc -Tlint docs/*.1 2>/dev/null | grep -v 'referenced manual not found'
	$(BUILD)/paraph term lint --quiet data/glossaries/*.tsv
	tools/coverage.py >/dev/null
	@# a broken character in what is expected is a fault that was taken for granted
	git ls-files -z 'tests/cases/*/expected.out' | xargs -0 cat | iconv -f UTF-8 -t UTF-8 >/dev/null
	@# its nouns are searched by halves
	grep -v '^#' data/lang/collocations-fr.tsv | cut -f1 | LC_ALL=C sort -cu
	@echo lint: clean

# A letter in each language with the classic faults: findings are the point, so status 1 is fine.
demo:
	@tools/bootstrap.sh build
	@$(MAKE) --no-print-directory all
	$(BUILD)/paraph check data/samples; test $$? -le 1

# docs/RULES.md from the rules themselves, the manual pages from --help; `make lint` fails when
# they are out of date.
.PHONY: docs
$(BUILD)/rules_doc: $(BUILD)/obj/tools/rules_doc.o $(BUILD)/libparaph.a
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/settings_schema: $(BUILD)/obj/tools/settings_schema.o $(BUILD)/libparaph.a
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)
SCHEMA = $(BUILD)/settings_schema | python3 -m json.tool --no-ensure-ascii --indent 1
docs: $(BUILD)/rules_doc $(BUILD)/settings_schema $(BUILD)/paraph
	$(BUILD)/rules_doc >docs/RULES.md
	$(SCHEMA) >docs/paraph.schema.json
	tools/man.sh $(BUILD)/paraph en >docs/paraph.1
	tools/man.sh $(BUILD)/paraph fr >docs/paraph.fr.1
