# The profiles, beside the other data.
PROFILES := $(patsubst data/profiles/%,$(BUILD)/data/profiles/%,$(wildcard data/profiles/*.yaml))

data: $(PROFILES)

$(BUILD)/data/profiles/%.yaml: data/profiles/%.yaml
	@mkdir -p $(@D)
	cp $< $@
