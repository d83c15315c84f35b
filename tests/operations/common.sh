# What the procedures share: blocks of docs/OPERATIONS.md, a verdict, servers of PostgreSQL.
set -u
program=$1 root=$2
. "$root/tests/servers.sh"
scratch=$(mktemp -d "${TMPDIR:-/tmp}/paraph-operations-XXXXXX")
chmod 755 "$scratch"
servers=
export HOME="$scratch" XDG_DATA_HOME="$scratch/home" XDG_CONFIG_HOME="$scratch/home" LC_ALL=C.UTF-8
export PATH="$scratch/bin:$PATH" PARAPH_DATA="${PARAPH_DATA:-$(dirname "$program")/data}"
mkdir "$scratch/bin" && ln -s "$program" "$scratch/bin/paraph"
export PARAPH_POSTGRES_OWNER=$$

finish() {
	trap '' INT TERM HUP
	for server in $servers; do
		stop "$server"
	done
	for folder in "$scratch"/server*; do
		[ ! -d "$folder" ] || "$root/tests/postgres.sh" remove "$folder"
	done
	rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 143' INT TERM HUP

judge() { # name, then a command that must succeed
	local name=$1
	shift
	if "$@"; then
		echo "ok $name"
	else
		echo "FAILED $name: $*"
	fi
}

block() { # of the page, by its name
	awk -v mark="<!-- $1 -->" '$0 == mark { here = 1; next }
		here && /^```/ { if (++fences == 2) exit; next }
		here' "$root/docs/OPERATIONS.md"
}

follow() { # a block, as whoever PostgreSQL runs as where as=as_nobody
	local text
	text=$(block "$1")
	[ -n "$text" ] || {
		echo "FAILED there is no block $1"
		return 1
	}
	${as-} sh -eu -c "$text"
}

own() { # a folder, by the user that PostgreSQL runs as
	mkdir -p "$1"
	hand_over "$1"
}

stop() { # a data folder
	[ ! -e "$1/postmaster.pid" ] || as_nobody pg_ctl -D "$1" -m immediate -w stop >/dev/null 2>&1
}

# A server with lines for postgresql.conf; URL, and what libpq's programs want to know.
serve() { # name, settings
	"$root/tests/postgres.sh" there >/dev/null 2>&1 || {
		echo "skipped: $(basename "$0" .sh), PostgreSQL is not installed"
		exit 77
	}
	for place in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/bin; do
		[ -x "$place/initdb" ] && PATH=$place:$PATH && break
	done
	URL=$(PARAPH_POSTGRES_SETTINGS=$2 "$root/tests/postgres.sh" start "$scratch/server$1") || exit 1
	export URL PGHOST=127.0.0.1 PGPORT PGUSER PGPASSWORD
	PGPORT=$(cat "$scratch/server$1/port")
	PGUSER=${URL#postgresql://} && PGUSER=${PGUSER%%:*}
	PGPASSWORD=${URL#*://*:} && PGPASSWORD=${PGPASSWORD%%@*}
}

concepts() { # of a termbase, one a line
	paraph term list --no-builtin --termbase "$1" --format tsv 2>&1
}
