# make deb        packages for Debian, in build/deb, by debhelper
# make check-deb  lintian finds nothing in them, and they work in a fresh Debian (debootstrap)
.PHONY: deb check-deb
deb:
	@tools/bootstrap.sh package
	rm -rf $(BUILD)/deb
	mkdir -p $(BUILD)/deb/paraph-$(VERSION)
	git ls-files -z | xargs -0 cp -d --parents -t $(BUILD)/deb/paraph-$(VERSION)
	cp -R packaging/debian $(BUILD)/deb/paraph-$(VERSION)/debian
	cd $(BUILD)/deb/paraph-$(VERSION) && env -u MAKEFLAGS -u MAKELEVEL \
		dpkg-buildpackage -b -us -uc --jobs=auto
	rm -rf $(BUILD)/deb/paraph-$(VERSION)

check-deb:
	@tools/bootstrap.sh package
	tests/deb.sh $(BUILD)/deb
