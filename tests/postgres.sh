#!/usr/bin/env bash
# A PostgreSQL server of the tests' own: in a temporary folder, on a free port of 127.0.0.1 and a
# socket in the folder, gone when the test ends, however it ends.
#
#   tests/postgres.sh run COMMAND…    runs a command beside a new server: PARAPH_POSTGRES is the URL
#                                     of an empty database, PARAPH_POSTGRES_FOLDER its folder
#   tests/postgres.sh there           is PostgreSQL there?
#   tests/postgres.sh start FOLDER    starts (again) a server that stays; prints its URL
#   tests/postgres.sh stop FOLDER     stops it; kill FOLDER: as when the machine fails
#   tests/postgres.sh remove FOLDER   stops it and takes the folder away
#   tests/postgres.sh database FOLDER NAME   makes another database; prints its URL
#   tests/postgres.sh psql FOLDER NAME …     psql on one of them, as the owner
#   tests/postgres.sh pgbouncer FOLDER       a pooler before it, in transaction mode; prints its URL
#   tests/postgres.sh standby FOLDER NEW     a second server that follows the first; prints its URL
#
# A server that was started by `start` ends with the process that PARAPH_POSTGRES_OWNER names, or
# the one that called. PARAPH_POSTGRES_SETTINGS are lines for postgresql.conf ("fsync = off").
# Exit status 77: PostgreSQL is not there (skipped).
set -u
. "$(dirname "$0")/servers.sh"
owner=tester secret=open-sesame mark=.paraph-postgres
bin=
for place in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/bin /usr/bin; do
	[ -x "$place/initdb" ] && [ -x "$place/postgres" ] && bin=$place && break
done
if [ -z "$bin" ]; then
	echo "skipped: PostgreSQL is not installed (tools/bootstrap.sh test)" >&2
	exit 77
fi

url() { # folder, database
	echo "postgresql://$owner:$secret@127.0.0.1:$(cat "$1/port")/$2"
}

make_cluster() {
	local folder=$1
	mkdir -p "$folder/socket" && : >"$folder/$mark"
	printf '%s' $secret >"$folder/secret"
	hand_over "$folder"
	as_nobody "$bin/initdb" -D "$folder/data" -U $owner --pwfile="$folder/secret" --no-sync \
		--auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 >"$folder/initdb.log" 2>&1 || {
		cat "$folder/initdb.log" >&2
		return 1
	}
	{
		echo "listen_addresses = '127.0.0.1'"
		echo "unix_socket_directories = '$folder/socket'"
		echo "max_connections = 100"
		echo "shared_buffers = 64MB"
		echo "log_min_messages = log"
		printf '%s\n' "${PARAPH_POSTGRES_SETTINGS-}"
	} >>"$folder/data/postgresql.conf"
}

# Nothing stays behind a test that was killed.
watch_over() {
	local folder=$1 parent=${PARAPH_POSTGRES_OWNER:-$PPID}
	(
		trap '' INT TERM HUP
		while kill -0 "$parent" 2>/dev/null && [ -e "$folder/data/postmaster.pid" ]; do
			sleep 1
		done
		kill -0 "$parent" 2>/dev/null || remove "$folder"
	) >/dev/null 2>&1 </dev/null 9>&- &
	disown
}

start() {
	local folder=$1 port
	mkdir -p "$folder" && folder=$(realpath "$folder")
	[ "$(id -u)" != 0 ] || chmod 755 "$folder"
	[ -e "$folder/data/PG_VERSION" ] || make_cluster "$folder" || return 1
	for _ in 1 2 3 4 5; do
		port=$(cat "$folder/port" 2>/dev/null || free_port)
		if as_nobody "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 60 \
			-o "-p $port" start >/dev/null 2>&1 9>&-; then
			echo "$port" >"$folder/port"
			watch_over "$folder"
			[ -e "$folder/made" ] || as_nobody env PGPASSWORD=$secret "$bin/psql" -q \
				-h "$folder/socket" -p "$port" -U $owner -d postgres \
				-c 'CREATE DATABASE paraph' && : >"$folder/made"
			url "$folder" paraph
			return 0
		fi
		rm -f "$folder/port"
	done
	cat "$folder/server.log" >&2
	return 1
}

stop() { # folder, how
	local folder=$1
	[ ! -e "$folder/pgbouncer/pid" ] || kill "$(cat "$folder/pgbouncer/pid")" 2>/dev/null
	[ ! -e "$folder/data/postmaster.pid" ] || as_nobody "$bin/pg_ctl" -D "$folder/data" -w -t 60 \
		-m "$2" stop >/dev/null 2>&1
}

# Only what was made here goes: a folder that bears our mark.
remove() {
	if [ -z "${1-}" ] || [ ! -f "$1/$mark" ]; then
		echo "$0: ${1-}: not a folder of this script" >&2
		return 1
	fi
	stop "$1" immediate
	rm -rf -- "$1"
}

psql_on() { # folder, database, arguments
	local folder=$1 database=$2
	shift 2
	PGPASSWORD=$secret "$bin/psql" -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$(cat "$folder/port")" \
		-U $owner -d "$database" "$@"
}

pooler() {
	local folder=$1 program port
	program=$(command -v pgbouncer || echo /usr/sbin/pgbouncer)
	if [ ! -x "$program" ]; then
		echo "skipped: pgbouncer is not installed (tools/bootstrap.sh test)" >&2
		return 77
	fi
	folder=$(realpath "$folder")
	port=$(free_port)
	mkdir -p "$folder/pgbouncer"
	printf '"%s" "%s"\n' $owner $secret >"$folder/pgbouncer/users"
	cat >"$folder/pgbouncer/ini" <<INI
[databases]
* = host=127.0.0.1 port=$(cat "$folder/port")
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $port
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $folder/pgbouncer/users
pool_mode = transaction
default_pool_size = 4
max_client_conn = 200
logfile = $folder/pgbouncer/log
pidfile = $folder/pgbouncer/pid
INI
	hand_over "$folder/pgbouncer"
	as_nobody "$program" -q -d "$folder/pgbouncer/ini" >/dev/null 2>&1 9>&- || return 1
	for _ in $(seq 50); do
		(: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
		sleep 0.1
	done
	echo "postgresql://$owner:$secret@127.0.0.1:$port/paraph"
}

standby() {
	local first=$1 folder=$2
	mkdir -p "$folder/socket" && folder=$(realpath "$folder") && : >"$folder/$mark"
	[ "$(id -u)" != 0 ] || chmod 755 "$folder"
	hand_over "$folder"
	as_nobody env PGPASSWORD=$secret "$bin/pg_basebackup" -D "$folder/data" -R -X stream -c fast \
		-h 127.0.0.1 -p "$(cat "$first/port")" -U $owner >"$folder/backup.log" 2>&1 || {
		cat "$folder/backup.log" >&2
		return 1
	}
	echo "unix_socket_directories = '$folder/socket'" >>"$folder/data/postgresql.conf"
	: >"$folder/made"
	start "$folder"
}

run() {
	scratch=$(mktemp -d "${TMPDIR:-/tmp}/paraph-postgres-XXXXXX") && : >"$scratch/$mark" || exit 1
	trap 'remove "$scratch"' EXIT
	trap 'exit 143' TERM HUP
	trap 'exit 130' INT
	export PARAPH_POSTGRES_OWNER=$$ PARAPH_POSTGRES PARAPH_POSTGRES_FOLDER=$scratch
	PARAPH_POSTGRES=$(start "$scratch") || exit 1
	"$@"
}

case ${1-} in
run | start | standby | remove)
	action=$1
	shift
	$action "$@"
	;;
pgbouncer) pooler "$2" ;;
there) ;;
stop) stop "$2" fast ;;
kill) stop "$2" immediate ;;
database)
	psql_on "$2" postgres -c "CREATE DATABASE \"$3\"" && url "$2" "$3"
	;;
psql)
	shift
	psql_on "$@"
	;;
*)
	sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
	exit 2
	;;
esac
