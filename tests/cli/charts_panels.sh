# Margins and cash by firm and scenario: what is drawn equals the runs and the facts; the same
# quarters in each panel, under the names of its firm; what no firm published is inferred.
set -e
cat > firms.yaml <<'END'
pack: firms
title: x
sections:
  - title: y
    figures:
END
sed -n '/id: gross-margins/,/^  - title/p' "$MEMCYCLE_HOME/scenarios/packs/quarterly.yaml" |
    sed '$d' >>firms.yaml
memcycle charts firms.yaml --format svg --lang en -o pack 2>/dev/null >/dev/null
for scenario in bear base bull; do memcycle run $scenario --csv; done >run.csv
awk -F, '
    function quarter(key,    n, year) { # FQ3-26 is laid on 2026Q2
        if (key !~ /^FQ/) return key
        n = substr(key, 3, 1) - 1; year = 2000 + substr(key, 5)
        return n ? year "Q" n : (year - 1) "Q4"
    }
    FILENAME == "run.csv" { run[$1 "." $2 "." $3 "@" $5] = $6; next }
    FNR == 1 { next }
    $2 ~ /^run/ {
        path = substr($2, 5)
        want = run[path "@" quarter($5)] * (path ~ /\.fcf\./ ? 0.001 : 100)
        if ($9 == "") { if (quarter($5) >= "2026Q1") print "missing: " $NF; next }
        d = $9 - want; if (d > 1e-9 || d < -1e-9) print $NF, $9, want; else equal[$1]++
        if (quarter($5) == "2026Q1") at[$12]++
        else if ($12 != "estimate") print "not an estimate: " $NF
    }
    $2 !~ /^run/ && $9 != "" { history[$1]++ }
    END {
        for (f in equal) print f, equal[f] " equal, " history[f] " published"
        print at["published"] " published and " at["inferred"] " inferred in the base quarter"
    }
' run.csv pack/[0-9]*.csv | sort
grep 'micron.total.gross_margin.non_gaap@FQ1-26' pack/01-gross-margins.csv | cut -d, -f9
grep 'ratio.samsung.*2025Q4' pack/02-operating-margins.csv | cut -d, -f9
memcycle trace ratio.samsung.ds.operating_income.revenue.ifrs@2025Q4 --pack pack | grep -c 'financials.csv'
