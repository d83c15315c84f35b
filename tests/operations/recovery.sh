# A base backup and the log: back to a moment before what nobody wanted.
. "$(dirname "$0")/common.sh"
export ARCHIVE="$scratch/archive" BACKUP="$scratch/backup" RECOVERED="$scratch/recovered"
for folder in "$ARCHIVE" "$BACKUP" "$RECOVERED.parent"; do own "$folder"; done
RECOVERED="$RECOVERED.parent/data"
serve 1 "$(block archive | sed "s,\$ARCHIVE,$ARCHIVE,g")"
as=as_nobody
as= follow init >/dev/null || exit 1
add() { # from, to
	for i in $(seq "$1" "$2"); do
		paraph term add --into "$URL" "fr=Comité numéro $i" "en=Committee number $i" >/dev/null || return 1
	done
}
sql() {
	psql -X -q -A -t -d paraph "$@"
}
add 1 10
judge "a store that is up to date stays as it is" sh -c "$(block migrate) >/dev/null"
judge "a base backup" follow base-backup
add 11 20
sleep 1.1
MOMENT=$(sql -c 'SELECT clock_timestamp()')
sleep 1.1
for i in $(seq 1 20); do # what nobody wanted
	paraph term remove --into "$URL" "$(paraph term list --no-builtin --termbase "$URL" --format tsv |
		sed -n "s/^\([^	]*\)	.*Committee number $i\(	.*\)*\$/\1/p" | head -1)" >/dev/null
done
add 21 25
judge "it is gone" test "$(concepts "$URL" | grep -c 'Committee number')" = 5
judge "what was written is in the archive" follow switch
export MOMENT PORT
PORT=$(free_port)
servers="$servers $RECOVERED"
judge "another server, as it was" follow recover
for _ in $(seq 300); do
	PGPORT=$PORT psql -X -A -t -d paraph -c 'SELECT pg_is_in_recovery()' 2>/dev/null | grep -qx f && break
	sleep 0.1
done
OLD=${URL/:$PGPORT\//:$PORT/}
export OLD
judge "everything is there that was, and nothing that came later" \
	test "$(concepts "$OLD" | grep -c 'Committee number')" = 20 -a "$(concepts "$OLD" | grep -c 'number 2[1-5]')" = 0
cd "$scratch" || exit 1
judge "what was lost is brought back" sh -c "$(block bring-back) >/dev/null"
judge "and what others wrote meanwhile stays" test "$(concepts "$URL" | grep -c 'Committee number')" = 25
