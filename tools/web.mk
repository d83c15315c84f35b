# The web page of the server, compiled into the program: apps/http/web.h declares the table.
WEB_FILES := $(sort $(wildcard data/web/*))
CLI_SRC   += $(BUILD)/embed/web.c

$(BUILD)/embed/web.c: $(WEB_FILES) tools/embed_web.sh
	@mkdir -p $(@D)
	$(Q)tools/embed_web.sh $(WEB_FILES) >$@.new
	@mv $@.new $@
