# make lint: what can be proved without running the program.
.PHONY: lint demo eval bootstrap-test
lint: $(BUILD)/libparaph.so
	tools/check-layers.sh
	tools/check-symbols.sh $(BUILD)/libparaph.so
	tools/check-headers.sh
	clang-format --dry-run --Werror $$(git ls-files '*.c' '*.h')
	@echo lint: clean

# A letter in each language with the classic faults: findings are the point, so status 1 is fine.
demo:
	@tools/bootstrap.sh build
	@$(MAKE) --no-print-directory all
	$(BUILD)/paraph check data/samples; test $$? -le 1
