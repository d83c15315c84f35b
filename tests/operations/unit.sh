# The unit for systemd: without faults, and closed as the page says.
. "$(dirname "$0")/common.sh"
if ! command -v systemd-analyze >/dev/null; then
	echo "skipped: unit, systemd-analyze is not there"
	exit 77
fi
sed "s,/usr/bin/paraph,$program," "$root/packaging/systemd/paraph.service" >"$scratch/paraph.service"
said=$(systemd-analyze verify --man=no "$scratch/paraph.service" 2>&1)
status=$?
judge "the unit is sound ($said)" test $status = 0 -a -z "$said"
exposure=$(systemd-analyze security --offline=true "$scratch/paraph.service" 2>/dev/null |
	sed -n 's/.*exposure level for paraph.service: \([0-9.]*\).*/\1/p')
judge "its exposure is that of the page ($exposure)" grep -q "exposure at $exposure of 10" "$root/docs/OPERATIONS.md"
options=$(sed -n 's/^ExecStart=[^ ]* //p' "$scratch/paraph.service")
judge "it starts the server" test "$options" = 'serve $PARAPH_OPTIONS'
# What it would be run with: folders of its own, nothing else to be written to.
mkdir "$scratch/state" "$scratch/cache"
paraph serve --tokens "$scratch/tokens" --new-token check x >/dev/null
env -i PATH="$PATH" PARAPH_DATA="$PARAPH_DATA" XDG_DATA_HOME="$scratch/state" XDG_CONFIG_HOME="$scratch/state" \
	XDG_CACHE_HOME="$scratch/cache" "$program" serve --port 0 --tokens "$scratch/tokens" >"$scratch/serve" 2>&1 &
server=$!
for _ in $(seq 100); do
	grep -q listening "$scratch/serve" && break
	sleep 0.1
done
judge "without a home, in the folders of the unit" grep -q listening "$scratch/serve"
kill $server
