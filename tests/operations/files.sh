# Stores that are files: copied while they are written to, and put back.
. "$(dirname "$0")/common.sh"
if ! command -v sqlite3 >/dev/null; then
	echo "skipped: files, sqlite3 is not installed"
	exit 77
fi
export STORE="$scratch/memory.paraph-tm" COPY="$scratch/copy.paraph-tm"
units() {
	paraph tm stats --format json "$1" | sed -n 's/.*"units": *\([0-9]*\).*/\1/p'
}
lines() { # units of a TSV file
	seq "$1" "$2" | awk '{ printf "The Council considered report number %d of the year.\tLe Conseil a examiné le rapport numéro %d de l’année.\n", $1, $1 }'
}
lines 1 1000 >"$scratch/first.tsv"
import() {
	paraph tm import --into "$STORE" --source-lang en --target-lang fr "$1" >/dev/null 2>&1
}
import "$scratch/first.tsv"
(
	for i in $(seq 1 40); do
		lines $((i * 1000 + 1)) $((i * 1000 + 1000)) >"$scratch/more.tsv"
		import "$scratch/more.tsv"
		echo "$i" >"$scratch/written"
	done
) &
writer=$!
while [ ! -s "$scratch/written" ]; do sleep 0.05; done
follow sqlite-backup
judge "a memory is copied while it is written to" kill -0 $writer
copied=$(units "$COPY")
wait $writer
judge "the copy is of one moment" test $((copied % 1000)) = 0 -a "$copied" -ge 2000 -a "$copied" -lt 41000
judge "nothing of the memory is lost by it" test "$(units "$STORE")" = 41000
printf 'no memory' | dd of="$STORE" conv=notrunc 2>/dev/null
judge "a damaged memory is told" sh -c '! paraph tm stats "$STORE" >/dev/null 2>&1'
follow sqlite-restore
judge "the copy in its place has what it had" test "$(units "$STORE")" = "$copied"
paraph tm match --tm "$STORE" "The Council considered report number 1500 of the year." >"$scratch/found" 2>&1
judge "and is searched" grep -q "rapport numéro 1500" "$scratch/found"
import "$scratch/more.tsv"
judge "and written to" test "$(units "$STORE")" = $((copied + 1000))

export STORE="$scratch/terms.db" COPY="$scratch/terms-copy.db"
for i in $(seq 1 30); do
	paraph term add --into "$STORE" "fr=Comité numéro $i" "en=Committee number $i" >/dev/null
done
(for i in $(seq 31 60); do paraph term add --into "$STORE" "fr=Comité numéro $i" "en=Committee number $i" >/dev/null; done) &
writer=$!
follow sqlite-backup
wait $writer
judge "a termbase likewise" test "$(concepts "$COPY" | grep -c 'Committee number')" -ge 30
judge "which goes on" test "$(concepts "$STORE" | grep -c 'Committee number')" = 60
