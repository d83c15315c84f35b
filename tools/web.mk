# The web page of the server, compiled into the program: apps/http/web.h declares the table.
WEB_FILES := $(sort $(wildcard data/web/*))
CLI_SRC   += $(BUILD)/embed/web.c

# The folder, too: a file that is gone is no prerequisite.
$(BUILD)/embed/web.c: $(WEB_FILES) data/web tools/embed_web.sh
	@mkdir -p $(@D)
	$(Q)tools/embed_web.sh $(WEB_FILES) >$@.new
	@mv $@.new $@
