# make         builds in place: build/paraph, build/libparaph.so, build/libparaph.a
# make demo    installs what is missing, builds, checks data/samples
# make check   installs what the tests need too, builds, runs every test
# make asan    the tests under AddressSanitizer and UBSan      make oom    failing allocations
# make lint    layers, symbols, format, static analysis        make fuzz   libFuzzer, TIME=60
# make fast    build/fast: the same program, optimised for what it mostly does (gcc, minutes)
# make bench   speed against peers                             make eval   precision and recall
# make accept CASE=area/case   rewrites a golden expectation for review in the diff
# make noise   every document of the tests damaged in a few dozen ways, NOISE=30
# make install PREFIX=/usr/local LIBDIR=$(PREFIX)/lib DESTDIR=
# make deb     packages for Debian                             make check-deb   in a fresh Debian
CC       ?= cc
BUILD    ?= build
OPT      ?= -O2 -g
STD      := -std=c17 -D_POSIX_C_SOURCE=200809L
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wvla -Wcast-qual -Wwrite-strings -Wundef \
            -Wno-missing-field-initializers -Werror
PKGS     := icu-uc hunspell sqlite3 libxxhash yaml-0.1 libpcre2-8 expat libzip gumbo md4c jansson libpq
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null)

MODULES  := base text bitext document document/formats tm tm/formats termbase termbase/formats checker checker/rules checker/bilingual report engine
LIB_SRC  := $(wildcard $(MODULES:%=%/*.c))
CLI_SRC  := $(wildcard apps/cli/*.c apps/lsp/*.c apps/http/*.c)
TEST_SRC := $(wildcard tests/unit/*.c)
obj       = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
CFLAGS_ALL = $(STD) $(WARN) $(OPT) -fPIC -fvisibility=hidden -pthread -I. $(PKG_CFLAGS) -MMD -MP $(CFLAGS)
# libzip is loaded by base/libzip.c when a zip file is met, libpq by base/libpq.c when a shared store
# is; their headers are needed only.
LIBS      = $(filter-out -lzip -lpq,$(PKG_LIBS)) -pthread -lm
# The program takes from archives what Debian has as archives: half of the instructions of a letter
# were linking and loading. make SHARED=1 links all libraries dynamically.
archive      = $(filter /%,$(shell $(CC) -print-file-name=lib$(1).a))
ARCHIVES     = hunspell-1.7 icuuc icudata sqlite3 yaml pcre2-8 expat gumbo jansson
IN_ARCHIVES  = $(if $(SHARED),,$(foreach l,$(ARCHIVES),$(if $(call archive,$(l)),$(l))))
STATIC_LIBS  = $(filter $(IN_ARCHIVES:%=-l%),$(PKG_LIBS))
PROGRAM_LIBS = $(if $(STATIC_LIBS),-static-libgcc -Wl$(,)-Bstatic $(STATIC_LIBS) \
               $(if $(call archive,stdc++),-lstdc++) -Wl$(,)-Bdynamic) \
               $(filter-out $(STATIC_LIBS),$(LIBS)) -ldl
, := ,
# The reader of PDF is a program of its own (poppler is GPL), built where poppler-glib is found.
PDF_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags poppler-glib 2>/dev/null))
PDF_LIBS   := $(shell pkg-config --libs poppler-glib 2>/dev/null)
PDF_HELPER := $(if $(PDF_LIBS),$(BUILD)/paraph-pdf)
PDF_SRC    := $(wildcard apps/pdf/*.c)

PREFIX   ?= /usr/local
LIBDIR   ?= $(PREFIX)/lib
VERSION  := $(shell sed -n 's/.*PARAPH_VERSION "\(.*\)"/\1/p' include/paraph.h)

# make V=1 shows the commands.
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-8s%s\n' $(1) $@)

.PHONY: all
all: programs data

# Rules that make compiled data (lexicons, termbase) live beside what they compile.
include $(wildcard packaging/*.mk text/*.mk termbase/*.mk checker/*.mk tests/*.mk bench/*.mk fuzz/*.mk tools/*.mk)

.PHONY: programs data format clean install always
programs: $(BUILD)/paraph $(BUILD)/libparaph.so $(PDF_HELPER)

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(CFLAGS_ALL) -c -o $@ $<

# Where an installed library looks for its data when they are not beside the program. A build
# for another PREFIX compiles this one file anew.
$(BUILD)/prefix: always
	@mkdir -p $(@D)
	@printf '%s\n' '$(PREFIX)' | cmp -s - $@ || printf '%s\n' '$(PREFIX)' >$@
$(BUILD)/obj/engine/data_folder.o: $(BUILD)/prefix
$(BUILD)/obj/engine/data_folder.o: CFLAGS += -DPARAPH_DATA_FOLDER='"$(PREFIX)/share/paraph"'

# What the program is made of, by which the cache of findings tells one build from another. A
# change of it compiles one file anew.
$(BUILD)/sources: always
	@mkdir -p $(@D)
	@find $(MODULES) data -type f \( -name '*.[ch]' -o -name '*.def' -o -path 'data/*' \) | \
		LC_ALL=C sort | xargs cat | cksum >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@
$(BUILD)/obj/engine/recall.o: $(BUILD)/sources
$(BUILD)/obj/engine/recall.o: CFLAGS += -DPARAPH_SOURCES='"$(shell cat $(BUILD)/sources)"'

$(BUILD)/libparaph.a: $(call obj,$(LIB_SRC))
	@rm -f $@
	$(call say,AR)
	$(Q)$(AR) rcs $@ $^

$(BUILD)/libparaph.so: $(call obj,$(LIB_SRC))
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -shared -Wl,-soname,libparaph.so.0 -o $@ $^ $(LIBS)

$(BUILD)/paraph: $(call obj,$(CLI_SRC)) $(BUILD)/libparaph.a
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(PROGRAM_LIBS)

$(call obj,$(PDF_SRC)): CFLAGS += $(PDF_CFLAGS)

$(BUILD)/paraph-pdf: $(call obj,$(PDF_SRC))
	$(call say,LINK)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(PDF_LIBS) -lm

format:
	clang-format -i $$(git ls-files '*.c' '*.h')

clean:
	rm -rf build

install: all
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(LIBDIR)/pkgconfig" \
		"$(DESTDIR)$(PREFIX)/include" "$(DESTDIR)$(PREFIX)/share/paraph/lang" \
		"$(DESTDIR)$(PREFIX)/share/paraph/profiles" \
		"$(DESTDIR)$(PREFIX)/share/man/man1" "$(DESTDIR)$(PREFIX)/share/man/fr/man1"
	install $(BUILD)/paraph "$(DESTDIR)$(PREFIX)/bin/paraph"
	[ -z "$(PDF_HELPER)" ] || { \
		install $(BUILD)/paraph-pdf "$(DESTDIR)$(PREFIX)/bin/paraph-pdf" && \
		install -m 644 docs/paraph-pdf.1 "$(DESTDIR)$(PREFIX)/share/man/man1/paraph-pdf.1"; }
	install -m 644 $(BUILD)/libparaph.a "$(DESTDIR)$(LIBDIR)/libparaph.a"
	install -m 644 $(BUILD)/libparaph.so "$(DESTDIR)$(LIBDIR)/libparaph.so.$(VERSION)"
	ln -sf libparaph.so.$(VERSION) "$(DESTDIR)$(LIBDIR)/libparaph.so.0"
	ln -sf libparaph.so.0 "$(DESTDIR)$(LIBDIR)/libparaph.so"
	sed -e 's,@PREFIX@,$(PREFIX),; s,@LIBDIR@,$(LIBDIR),; s,@VERSION@,$(VERSION),' \
		-e 's,@REQUIRES@,$(filter-out libzip libpq,$(PKGS)),; s,@LIBS@,$(filter-out $(PKG_LIBS),$(LIBS)) -ldl,' \
		packaging/paraph.pc.in >"$(DESTDIR)$(LIBDIR)/pkgconfig/paraph.pc"
	chmod 644 "$(DESTDIR)$(LIBDIR)/pkgconfig/paraph.pc"
	install -m 644 include/paraph.h "$(DESTDIR)$(PREFIX)/include/paraph.h"
	install -m 644 docs/paraph.1 "$(DESTDIR)$(PREFIX)/share/man/man1/paraph.1"
	install -m 644 docs/paraph.fr.1 "$(DESTDIR)$(PREFIX)/share/man/fr/man1/paraph.1"
	install -d "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
		"$(DESTDIR)$(PREFIX)/share/zsh/site-functions" \
		"$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	$(BUILD)/paraph completion bash >"$(DESTDIR)$(PREFIX)/share/bash-completion/completions/paraph"
	$(BUILD)/paraph completion zsh >"$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_paraph"
	$(BUILD)/paraph completion fish >"$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/paraph.fish"
	install -m 644 $(BUILD)/data/*.* "$(DESTDIR)$(PREFIX)/share/paraph/"
	install -m 644 $(BUILD)/data/lang/* "$(DESTDIR)$(PREFIX)/share/paraph/lang/"
	install -m 644 $(BUILD)/data/profiles/* "$(DESTDIR)$(PREFIX)/share/paraph/profiles/"

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
