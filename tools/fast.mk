# make fast: build/fast/paraph, the same program laid out for what it mostly does. Built twice:
# the first build notes which ways are taken on our own samples, test cases and documentation,
# the second is optimised for them, across files. Wants gcc; takes some
# minutes.
FAST_OPT  := -O2 -g -flto=auto
FAST_NOTE := -O2 -g -fprofile-generate -fprofile-update=atomic
FAST_USE  := $(FAST_OPT) -fprofile-use -fprofile-partial-training -Wno-missing-profile
FAST_MAKE  = $(MAKE) --no-print-directory CC=gcc AR=gcc-ar BUILD=build/fast

.PHONY: fast
fast: data
	@rm -rf build/fast
	+@$(FAST_MAKE) OPT='$(FAST_NOTE)' programs
	@tools/fast.sh build/fast/paraph build/data
	@find build/fast -name '*.o' -delete
	@rm -f build/fast/paraph build/fast/libparaph.*
	+@$(FAST_MAKE) OPT='$(FAST_USE)' build/fast/paraph
	@ln -s ../data build/fast/data
