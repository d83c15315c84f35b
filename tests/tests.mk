# Tests: every tests/unit/test_*.c is a program of its own; golden cases are found by folder.
TEST_PROGRAMS = $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))
TEST_LIBS     = $(shell pkg-config --libs cmocka jansson 2>/dev/null)
export PARAPH_SHARED ?= $(abspath ../shared)

$(BUILD)/tests/%: $(BUILD)/obj/tests/unit/%.o $(BUILD)/libparaph.a
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(TEST_LIBS) $(LIBS)

# Tests that make zip files themselves; the library loads libzip when it meets one.
$(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(shell grep -lE '<zip.h>|zip_of.h' tests/unit/*.c)): LIBS += -lzip

.PHONY: check run-tests test-install accept asan oom tsan kills
.SECONDARY: $(patsubst tests/unit/%.c,$(BUILD)/obj/tests/unit/%.o,$(wildcard tests/unit/test_*.c))

# The whole proof, on a machine that may lack everything.
check:
	@tools/bootstrap.sh test
	@$(MAKE) --no-print-directory -j$(CORES) all test-programs
	@$(MAKE) --no-print-directory all test-install run-tests

# Compiling takes both cores; tests run one after the other, since some of them look at the clock.
CORES := $(shell nproc 2>/dev/null || echo 1)
.PHONY: test-programs
test-programs: programs $(TEST_PROGRAMS)

run-tests: programs $(TEST_PROGRAMS)
	@tests/run.sh $(BUILD) $(TEST_PROGRAMS)

test-install: all
	@tests/install.sh $(BUILD)

accept: all
	ACCEPT=1 tests/cases.sh $(BUILD)/paraph $(CASE)

# The same tests under AddressSanitizer and UndefinedBehaviorSanitizer. The PDF helper runs in a
# gigabyte of memory, which is too little for AddressSanitizer: it is the one built without.
asan:
	@tools/bootstrap.sh test
	@$(MAKE) --no-print-directory -j$(CORES) all
	@$(ASAN_MAKE) -j$(CORES) test-programs
	env PARAPH_DATA=$(CURDIR)/build/data \
		$$(test -x build/paraph-pdf && echo PARAPH_PDF=$(CURDIR)/build/paraph-pdf) \
		$(ASAN_MAKE) run-tests

ASAN_MAKE = $(MAKE) --no-print-directory BUILD=build/asan \
	OPT='-O1 -g1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all'

# Every allocation of ours fails once, then for good.
oom: $(BUILD)/tests/test_oom data
	$(BUILD)/tests/test_oom

# make tsan: under ThreadSanitizer, the translation memory with eight readers and a writer, a large
# document on several threads, and several documents at once. A race is status 66.
TSAN_DATA = PARAPH_DATA=$(abspath $(BUILD)/data)
tsan: data
	$(MAKE) --no-print-directory BUILD=build/tsan OPT='-O1 -g -fsanitize=thread' \
		build/tsan/tests/test_tm_store build/tsan/tests/test_parts build/tsan/paraph
	build/tsan/tests/test_tm_store
	$(TSAN_DATA) build/tsan/tests/test_parts
	$(TSAN_DATA) build/tsan/paraph check --no-cache --quiet -j3 data/samples docs README.md \
		>build/tsan/findings; test $$? -le 1

# make kills: a thousand writers of a memory killed at any moment, not forty.
kills: $(BUILD)/tests/test_tm_store
	PARAPH_KILLS=500 $(BUILD)/tests/test_tm_store

# make noise: the documents of the tests with their end or beginning cut off and bytes changed, as files
# and as parts of packages.
NOISE ?= 30
.PHONY: noise
noise: all
	PARAPH_DATA=$(abspath $(BUILD)/data) tests/noise.py $(BUILD)/paraph --variants $(NOISE)

# make check-office: Word documents as LibreOffice sees them. Apart from make check: it wants an
# office suite.
.PHONY: check-office
check-office: all
	@tools/bootstrap.sh office
	PARAPH_DATA=$(BUILD)/data tests/office.py $(BUILD)/paraph
	PARAPH_DATA=$(BUILD)/data tests/office_docx.py $(BUILD)/paraph
	PARAPH_DATA=$(BUILD)/data tests/office_pages.py $(BUILD)/paraph
	PARAPH_DATA=$(abspath $(BUILD)/data) tests/office_serve.py $(BUILD)/paraph
