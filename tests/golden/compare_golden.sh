#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# compare_golden.sh PROGRAM HOME [refresh]: the headline series of every shipped scenario against
# scenarios.csv, each number within 1e-9 of itself. A change of the model or of a scenario is meant to
# show here; './dev golden' writes the file anew, and the difference is read before it is committed.
set -eu
program=$1 home=$2 here=$2/tests/golden
names='price|fill_rate|tightness|demand|shipped_total|industry_bits|revenue|gross_margin|operating_income|net_income|eps|capex|fcf|net_cash|capacity|space|waiting|shortage_ends'
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
for name in base bull bear capex-upside risk-yield risk-policy risk-smartphone; do
    "$program" run "$name" --home "$home" -o "$scratch/out" >/dev/null 2>"$scratch/err" || { cat "$scratch/err"; exit 1; }
    grep -E "^$name,($names)," "$scratch/out/$name.csv" >>"$scratch/now.csv"
done
if [ "${3:-}" = refresh ]; then
    cp "$scratch/now.csv" "$here/scenarios.csv"
    echo "$(wc -l <"$here/scenarios.csv") numbers written to tests/golden/scenarios.csv"
    exit 0
fi
awk -F, '
    function key(   i, k) { k = $1; for (i = 2; i < NF; i++) k = k "," $i; return k }
    NR == FNR { want[key()] = $NF; left++; next }
    {
        k = key()
        if (!(k in want)) { if (shown++ < 10) print "new: " k; bad++; next }
        left--
        difference = $NF - want[k]; if (difference < 0) difference = -difference
        size = want[k] < 0 ? -want[k] : want[k]
        if ($NF == "" || want[k] == "") { if ($NF != want[k]) { bad++; if (shown++ < 10) print k ": " $NF ", was " want[k] } }
        else if (difference > 1e-9 * (size > 1e-6 ? size : 1e-6)) { bad++; if (shown++ < 10) print k ": " $NF ", was " want[k] }
        seen++
    }
    END {
        if (left) { print left " numbers are gone"; bad++ }
        if (!seen) { print "nothing was compared"; bad++ }
        if (bad) print bad " of " seen " differ; when that is meant: ./dev golden"
        exit bad > 0
    }' "$here/scenarios.csv" "$scratch/now.csv"
