#!/bin/sh
# usage: tests/deb.sh build/deb      (root; the packages that `make deb` made)
# Lintian has nothing to say; in a fresh Debian the packages install, the program checks a letter
# and a PDF, the examples in C and Python compile and run, and everything goes away again.
set -eu
[ "$(id -u)" = 0 ] || exec sudo "$0" "$@"
packages=$(realpath "$1")
root=$(mktemp -d)
chmod 755 "$root" # for the user of apt
trap 'umount "$root/proc" 2>/dev/null || true; rm -rf "$root"' EXIT
lintian --fail-on error,warning --tag-display-limit 0 "$packages"/*.changes
echo "lintian: nothing to say"

mirror=$(sed -n 's/^URIs: *\(http[^ ]*\).*/\1/p; s/^deb [^h]*\(http[^ ]*\).*/\1/p' \
	/etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -1)
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$root.log" 2>&1 || {
	tail -5 "$root.log"
	exit 1
}
rm -f "$root.log"
mkdir "$root/packages"
cp "$packages"/*.deb "$root/packages/"
rm -f "$root"/packages/*-dbgsym_*
cp tests/cases/pdf/faults/input.pdf "$root/packages/note.pdf"
mount -t proc proc "$root/proc"
inside() { chroot "$root" env -u PARAPH_DATA -u XDG_CACHE_HOME LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive HOME=/root sh -euc "$1"; }
inside 'apt-get update -q >/dev/null
	apt-get install -y -q --no-install-recommends /packages/*.deb gcc libc6-dev pkg-config python3 \
		>/packages/log 2>&1 || { tail -20 /packages/log; exit 1; }'
echo "installed: $(inside 'paraph --version --check-data' | tr '\n' ' ')"
inside 'cd /packages
	printf "Le texte de l ’accord est joint.\n" >note.txt
	paraph check note.txt >out && exit 1
	grep -q "spacing/apostrophe" out
	paraph check note.pdf >out && exit 1
	grep -q "term/foreign-acronym" out
	for example in /usr/share/doc/libparaph-dev/examples/*.c*; do
		case $example in *.gz) gunzip -c "$example" >"$(basename "$example" .gz)" ;;
			*) cp "$example" . ;; esac
	done
	for c in check correct terms; do cc -o $c $c.c $(pkg-config --cflags --libs paraph); done
	./check note.txt | grep -q "l’accord"
	cc -o static check.c $(pkg-config --cflags paraph) "$(pkg-config --variable=libdir paraph)/libparaph.a" \
		$(pkg-config --static --libs paraph | sed s/-lparaph//)
	ldd static | grep -q libparaph && exit 1
	./static note.txt | grep -q "l’accord"
	[ "$(./correct <note.txt 2>/dev/null)" = "Le texte de l’accord est joint." ]
	./terms "conseil securite" | grep -q "Conseil de sécurité"
	python3 /usr/share/doc/libparaph-dev/examples/paraph_ctypes.py note.txt | grep -q apostrophe'
echo "program, PDF, examples in C (shared and static) and Python: they work"
inside 'apt-get purge -y -q paraph paraph-data paraph-pdf libparaph0 libparaph-dev >/dev/null 2>&1
	[ ! -e /usr/share/paraph ] && [ ! -e /usr/bin/paraph ]'
echo "deb: ok"
