# The alerts for Prometheus: sound, speaking when they should, of numbers that the server has.
. "$(dirname "$0")/common.sh"
rules=$root/packaging/prometheus/paraph.rules.yml
names=$(grep -oE '(paraph|process)_[a-z_]+' "$rules" | sort -u)
unknown=
for name in $names; do
	plain=$(echo "$name" | sed -E 's/_(bucket|sum|count)$//')
	grep -qrE "\"$plain\"" "$root/apps/http/metrics.def" "$root/apps/http/metrics.c" || unknown="$unknown $name"
done
judge "the server has what the alerts ask for ($unknown)" test -n "$names" -a -z "$unknown"
if ! command -v promtool >/dev/null; then
	echo "skipped: alerts, promtool is not there"
	exit 77
fi
judge "the alerts are sound" promtool check rules "$rules"
judge "they speak when they should" promtool test rules "$root/packaging/prometheus/paraph.test.yml"
