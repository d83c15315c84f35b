#!/bin/sh
# Installs the Debian packages that paraph needs and this machine lacks. This is the one list:
# the Makefile, the README and continuous integration all come here.
#
#   tools/bootstrap.sh build          what `make` needs
#   tools/bootstrap.sh pdf            … and the optional reader of PDF (poppler)
#   tools/bootstrap.sh test           … and what `make check` and `make lint` need
#   tools/bootstrap.sh bench          … and the peers that `make bench` measures against
#   tools/bootstrap.sh package        … and what `make deb` and `make check-deb` need
#   tools/bootstrap.sh office         … and the office suite of `make check-office`
#   tools/bootstrap.sh proxy          … and services to try paraph beside: nginx, Prometheus (for its
#                                     promtool), Slurm; Debian starts them with the machine from
#                                     then on, so `make check` does without
#   tools/bootstrap.sh --list build   prints the packages and installs nothing
set -eu

build='gcc libc6-dev make pkg-config
	libicu-dev libhunspell-dev libsqlite3-dev libxxhash-dev
	libyaml-dev libpcre2-dev libexpat1-dev libzip-dev libgumbo-dev libmd4c-dev libjansson-dev
	libmicrohttpd-dev libgnutls28-dev libpq-dev
	hunspell-fr-comprehensive hunspell-en-gb hunspell-en-us'
pdf='libpoppler-glib-dev'
test='mandoc clang clang-format libclang-rt-14-dev libcmocka-dev python3 xz-utils git
	translate-toolkit libxml2-utils python3-openpyxl python3-jsonschema python3-yaml pre-commit poppler-utils qpdf parallel vim-nox emacs-nox chromium python3-lxml python3-elementpath omegat neovim elpa-eglot nodejs npm openssl python3-prometheus-client sqlite3
	postgresql-15 postgresql-client-15 pgbouncer'
proxy='nginx-light prometheus slurm-wlm munge'
bench='aspell aspell-fr aspell-en hunspell grammalecte-cli
	nuspell time python3-levenshtein wrk'
package='debhelper dpkg-dev lintian debootstrap fakeroot'
office='libreoffice-writer python3-uno'

list=
if [ "${1-}" = --list ]; then
	list=yes
	shift
fi
case ${1-build} in
build) wanted=$build ;;
pdf) wanted="$build $pdf" ;;
test) wanted="$build $pdf $test" ;;
bench) wanted="$build $pdf $test $bench" ;;
package) wanted="$build $pdf $package" ;;
proxy) wanted="$build $pdf $test $proxy" ;;
office) wanted="$build $pdf $test $office" ;;
*)
	echo "usage: $0 [--list] build|pdf|test|bench|package|office|proxy" >&2
	exit 2
	;;
esac

if [ -n "$list" ]; then
	printf '%s\n' $wanted
	exit 0
fi

# Node.js from elsewhere brings npm with it, and Debian's cannot be installed beside it.
has_node() {
	command -v node >/dev/null && command -v npm >/dev/null
}

missing=
for package in $wanted; do
	case $package in
	nodejs | npm) has_node && continue ;;
	esac
	dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
		missing="$missing $package"
done
[ -n "$missing" ] || exit 0

sudo=
if [ "$(id -u)" != 0 ]; then
	sudo=sudo
fi
echo "installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
# Tests start servers of their own, on 127.0.0.1; nothing that is installed is started here, and
# PostgreSQL makes no cluster.
policy=/usr/sbin/policy-rc.d
clusters=/etc/postgresql-common/createcluster.d
made=
trap '[ -z "$made" ] || $sudo rm -f $made' EXIT
if [ ! -e $policy ]; then
	made=$policy
	printf '#!/bin/sh\nexit 101\n' | $sudo tee $policy >/dev/null
	$sudo chmod +x $policy
fi
case $missing in
*' postgresql-15'*)
	made="$made $clusters/zz-paraph.conf"
	$sudo mkdir -p $clusters
	echo 'create_main_cluster = false' | $sudo tee $clusters/zz-paraph.conf >/dev/null
	;;
esac
$sudo apt-get update -q >/dev/null
$sudo apt-get install -y -q --no-install-recommends $missing >/dev/null
