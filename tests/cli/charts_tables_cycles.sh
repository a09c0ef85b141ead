# Peaks and troughs: values, changes and lengths recomputed from the facts and from the fit's file.
set -e
cat >trial.yaml <<'Y'
pack: trial
title: {zh: 试, en: Trial}
style: cn-broker
sections:
  - title: {zh: 周期, en: Cycles}
    tables:
      - {id: cycles, title: {zh: 峰谷, en: Cycles}, data: cycles}
    figures:
      - {id: f, kind: lines, title: {zh: 收入（百万美元）, en: Revenue (USD m)}, periods: micron, from: FQ1-22, to: last, series: [{data: fact micron total revenue gaap, name: {zh: 收入, en: Revenue}, colour: micron}]}
Y
memcycle charts trial.yaml --format svg -o out >/dev/null 2>&1
test -s out/table-cycles.zh.tsv && grep -c '推算' out/table-cycles.zh.tsv
# series tab turn tab period tab value tab low tab high tab change tab low tab high tab unit tab length
awk -F, 'NR > 1 { line = $0; out = ""; quoted = 0
    for (i = 1; i <= length(line); i++) {
        ch = substr(line, i, 1)
        if (ch == "\"") quoted = !quoted
        else out = out (ch == "," && !quoted ? "\t" : ch)
    }
    print out }' out/table-cycles.csv >table.txt
# reported: every value is a row of the facts; changes and lengths follow from rows
cd "$MEMCYCLE_HOME/scenarios/history"
sed 's/"[^"]*"//g' micron.csv skhynix.csv samsung.csv financials.csv |
    awk -F, '{ sub(/^FY20/, "", $4); print $1 "." $2 "." $3 "." $12 "@" $4 "\t" $8 }' >"$OLDPWD/rows.txt"
cd "$OLDPWD"
awk -F'\t' '
    function quarters(p) { return p ~ /^FQ/ ? 4 * substr(p, 5) + substr(p, 3, 1) : 4 * substr(p, 3, 2) + substr(p, 6) }
    FNR == NR { known[$1 "=" ($2 + 0)] = 1; next }
    FNR == 1 {
        of["Micron revenue (USD m, GAAP)"] = "micron.total.revenue.gaap"
        of["Micron DRAM revenue (USD m, GAAP)"] = "micron.dram.revenue.gaap"
        of["Micron NAND revenue (USD m, GAAP)"] = "micron.nand.revenue.gaap"
        of["Micron gross margin (%, non-GAAP)"] = "micron.total.gross_margin.non_gaap"
        of["Micron operating margin (%, non-GAAP)"] = "micron.total.operating_margin.non_gaap"
        of["SK hynix revenue (KRW tn, IFRS)"] = "skhynix.total.revenue.ifrs"
        of["SK hynix operating margin (%, IFRS)"] = "skhynix.total.operating_margin.ifrs"
        of["Samsung memory revenue (KRW tn, IFRS)"] = "samsung.memory.revenue.ifrs"
    }
    $1 in of {
        key = $3 ~ /^FQ/ ? substr($3, 5) "Q" substr($3, 3, 1) : $3
        if (!((of[$1] "@" key "=" ($4 + 0)) in known)) print "not in the facts: " $0
        if ($1 == series && $7 != "") {
            want = $10 == "pp" ? $4 - value : 100 * ($4 / value - 1)
            if (($7 - want) ^ 2 > 1e-12) print "change: " $0 ", want " want
            if ($11 != quarters($3) - quarters(period)) print "length: " $0
            if ($2 == turn) print "not in turn: " $0
            if ($2 == "peak" && $7 <= 0 || $2 == "trough" && $7 >= 0) print "wrong way: " $0
            if ($2 != "latest" && turn != "start of data" && ($10 == "pp" && want ^ 2 < 225 ||
                $10 == "%" && (want > 0 ? want < 25 : want > -20))) print "too small: " $0
            changes++
        }
        series = $1; value = $4; period = $3; turn = $2; n += !seen[$1]++
    }
    END { print n " reported series, " (changes > 30 ? "more than 30" : changes) " changes" }' rows.txt table.txt
# fitted: a change is the product of the quarters of the fit, within its interval
memcycle fit -o fit >/dev/null 2>&1
awk '
    function at(p) { return 4 * substr(p, 1, 4) + substr(p, 6) - 1 }
    FNR == NR { split($0, f, ","); if (f[4] == "price_factor_pct") growth[f[3] "," at(f[1])] = f[5]; next }
    { split($0, c, "\t") }
    c[1] ~ /market price/ {
        if (c[7] != "") {
            change = 1
            for (q = from + 1; q <= at(c[3]); q++)
                change *= 1 + growth[(c[1] ~ /^DRAM/ ? "dram" : "nand") "," q] / 100
            if ((100 * (change - 1) - c[7]) ^ 2 > 1e-10) print "fit: " $0 ", want " 100 * (change - 1)
            if (!(c[8] < c[7] && c[7] < c[9])) print "interval: " $0
            phases++
        }
        from = at(c[3])
    }
    END { print (phases > 6 ? "more than 6" : phases) " fitted phases" }' fit/decomposition.csv table.txt
