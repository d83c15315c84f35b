# Two servers: the first is killed while somebody writes, the second takes over.
. "$(dirname "$0")/common.sh"
serve 1 "$(block primary)
hot_standby = on"
as=as_nobody
as= follow init >/dev/null || exit 1
export STANDBY="$scratch/standby/data" PORT SENDER
own "$scratch/standby"
PORT=$(free_port)
SENDER="host=$PGHOST port=$PGPORT user=$PGUSER password=$PGPASSWORD"
servers="$STANDBY"
judge "a standby" follow standby
judge "which every change waits for" follow synchronous
for _ in $(seq 100); do
	psql -X -A -t -d postgres -c 'SELECT sync_state FROM pg_stat_replication' | grep -qx sync && break
	sleep 0.1
done
judge "is synchronous" test "$(psql -X -A -t -d postgres -c 'SELECT sync_state FROM pg_stat_replication')" = sync
BOTH="${URL/@127.0.0.1:$PGPORT\//@127.0.0.1:$PGPORT,127.0.0.1:$PORT/}?target_session_attrs=read-write"
paraph serve --port 0 --no-config --termbase "$BOTH" >"$scratch/serve" 2>&1 &
server=$!
answers() { # a search of terms, by the server that runs all the while
	python3 - "$(sed -n 's/.*:\([0-9]*\)$/\1/p' "$scratch/serve")" <<'END'
import json, sys, time, urllib.request
for _ in range(60):
    try:
        with urllib.request.urlopen("http://127.0.0.1:%s/api/v1/terms?q=committee+number+1" % sys.argv[1]) as answer:
            sys.exit(not any(h["term"].startswith("Committee number") for h in json.load(answer)["hits"]))
    except OSError:
        time.sleep(0.25)
sys.exit(1)
END
}
(
	i=0
	while [ ! -e "$scratch/enough" ]; do
		i=$((i + 1))
		paraph term add --into "$BOTH" "fr=Comité numéro $i" "en=Committee number $i" >/dev/null 2>>"$scratch/refused" &&
			echo "$i" >>"$scratch/told"
	done
) &
writer=$!
while [ "$(wc -l 2>/dev/null <"$scratch/told" || echo 0)" -lt 10 ]; do sleep 0.05; done
judge "a server of paraph answers ($(cat "$scratch/serve"))" answers
kill -9 "$(head -1 "$scratch/server1/data/postmaster.pid")"
sleep 2
before=$(wc -l <"$scratch/told")
PGPORT=$PORT
judge "the second is promoted" follow failover
for _ in $(seq 100); do
	[ "$(wc -l <"$scratch/told")" -ge $((before + 5)) ] && break
	sleep 0.2
done
: >"$scratch/enough"
wait $writer
judge "the server of paraph goes on" answers
kill $server
judge "whoever wrote goes on" test "$(wc -l <"$scratch/told")" -ge $((before + 5))
SECOND="postgresql://$PGUSER:$PGPASSWORD@127.0.0.1:$PORT/paraph"
concepts "$SECOND" >"$scratch/there"
lost=0
while read -r i; do
	grep -q "Committee number $i\b" "$scratch/there" || lost=$((lost + 1))
done <"$scratch/told"
judge "nothing is lost that was told as done ($(wc -l <"$scratch/told"))" test $lost = 0
judge "and nothing is there twice" test "$(grep -o 'Committee number [0-9]*' "$scratch/there" | sort | uniq -d | wc -l)" = 0
