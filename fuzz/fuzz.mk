# make fuzz         every target under libFuzzer (clang), TIME seconds each; finds are added to
#                   build/fuzz/NAME, crashes are left in build/fuzz
# make fuzz-replay  the committed corpora and variants of them, with any compiler; tests/run.sh
#                   does the same and counts
FUZZ_TARGETS := $(filter-out replay,$(basename $(notdir $(wildcard fuzz/*.c))))
TIME         ?= 60
FUZZ_FLAGS   := $(STD) -I. $(PKG_CFLAGS) -g -O1
FUZZ_SAN     := -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined

# What of the applications a target looks at, beside the library.
FUZZ_APPS = $(if $(filter lsp.%,$(@F)),apps/lsp/frame.c apps/lsp/lines.c apps/lsp/message.c apps/cli/bytes.c apps/cli/settings.c)

$(BUILD)/fuzz/%.fuzzer: fuzz/%.c $(LIB_SRC)
	@mkdir -p $(@D)
	clang $(FUZZ_FLAGS) $(FUZZ_SAN) -o $@ $< $(FUZZ_APPS) $(LIB_SRC) $(LIBS)

$(BUILD)/fuzz/%.replay: fuzz/%.c fuzz/replay.c $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(FUZZ_FLAGS) $(OPT) $(CFLAGS) $(LDFLAGS) -o $@ $< $(FUZZ_APPS) fuzz/replay.c $(BUILD)/libparaph.a $(LIBS)

# Targets that make zip files themselves; the library loads libzip when it meets one.
$(foreach t,$(basename $(notdir $(shell grep -l '<zip.h>' fuzz/*.c))),$(BUILD)/fuzz/$(t).replay $(BUILD)/fuzz/$(t).fuzzer): LIBS += -lzip

.PHONY: fuzz fuzz-replay
fuzz: $(FUZZ_TARGETS:%=$(BUILD)/fuzz/%.fuzzer)
	@export PARAPH_DATA=$${PARAPH_DATA:-$(abspath $(BUILD)/data)}; for t in $(FUZZ_TARGETS); do \
		mkdir -p $(BUILD)/fuzz/$$t && \
		$(BUILD)/fuzz/$$t.fuzzer -max_total_time=$(TIME) -max_len=4096 -timeout=10 \
			-artifact_prefix=$(BUILD)/fuzz/$$t- $(BUILD)/fuzz/$$t fuzz/corpus/$$t \
			|| exit 1; \
	done

fuzz-replay: $(FUZZ_TARGETS:%=$(BUILD)/fuzz/%.replay)
	@for t in $(FUZZ_TARGETS); do \
		PARAPH_DATA=$${PARAPH_DATA:-$(abspath $(BUILD)/data)} \
			$(BUILD)/fuzz/$$t.replay fuzz/corpus/$$t/* || exit 1; \
	done

# The corpora are part of the tests.
run-tests: $(FUZZ_TARGETS:%=$(BUILD)/fuzz/%.replay)
