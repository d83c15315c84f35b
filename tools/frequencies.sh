#!/bin/sh
# Makes data/lang/fr-frequency.tsv and en-frequency.tsv from the reference texts:
#   make build/tools/frequencies data && tools/frequencies.sh
# The texts are read from $PARAPH_SHARED (default ../shared). The texts that paraph is measured
# on (letter, gold_un_artifacts, fr_errors) are never read here.
set -eu
build=${BUILD:-build}
corpora=${PARAPH_SHARED:-../shared}/corpora

french() {
	xz -dc "$corpora/bench/canlaw_fr_50MB.txt.xz"
	cat "$corpora/un_text/un_treaty_body_recommendations_fr_dev.txt" \
		"$corpora/un_text/raw_un_charter_fr.txt" "$corpora/un_text/udhr2_fr.txt"
	cut -f2 "$corpora/tm/un_sdg_metadata_dev.tsv"
	cut -f3 "$corpora/tm/un_sdg_goals_targets_indicators.tsv"
}

english() {
	xz -dc "$corpora/bench/en_24MB.txt.xz"
	cat "$corpora/un_text/raw_un_charter_en.txt" "$corpora/un_text/udhr2_en.txt"
	cut -f1 "$corpora/tm/un_sdg_metadata_dev.tsv"
	cut -f2 "$corpora/tm/un_sdg_goals_targets_indicators.tsv"
}

header() {
	echo "# Occurrences in a million words, lower case, words known to the dictionary only."
	echo "# source: $1"
	echo "# date: $(date +%Y-%m-%d)  made by: tools/frequencies.sh"
	echo "# word<TAB>per million"
}

make_list() {
	{
		header "$3"
		"$2" | "$build/tools/frequencies" "$1" "$build/data"
	} > "data/lang/$1-frequency.tsv.new"
	mv "data/lang/$1-frequency.tsv.new" "data/lang/$1-frequency.tsv"
}

make_list fr french "Canadian federal law (justicecanada/laws-lois-xml, Open Government \
Licence – Canada); treaty-body recommendations, Charter, Universal Declaration, SDG texts (UN)"
make_list en english "UN documents (24 MB sample, scanned and typed); Charter, Universal \
Declaration, SDG texts (UN)"
