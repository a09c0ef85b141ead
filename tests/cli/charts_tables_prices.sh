# The price deck: surveys from the facts, history from the fit's file, what lies ahead from the run's CSV.
set -e
cat >trial.yaml <<'Y'
pack: trial
title: {zh: 试, en: Trial}
style: cn-broker
sections:
  - title: {zh: 价格, en: Prices}
    tables:
      - {id: prices, title: {zh: 价格, en: Prices}, data: prices base}
      - {id: prints, title: {zh: 公布, en: Prints}, data: price-prints}
    figures:
      - {id: f, kind: lines, title: {zh: 收入（百万美元）, en: Revenue (USD m)}, periods: micron, from: FQ1-22, to: last, series: [{data: fact micron total revenue gaap, name: {zh: 收入, en: Revenue}, colour: micron}]}
Y
memcycle charts trial.yaml --format svg -o out >/dev/null 2>&1
memcycle fit -o fit >/dev/null 2>&1
memcycle run base --csv >run.csv
sed 's/Ours: QoQ %/ours/; s/First print (QoQ %)/first/; s/Last print (QoQ %)/last/; s/Ours: 90 % \(low\|high\)/\1 end/; s/Ours: index (base=1)/index/' out/table-prices.csv >deck.csv
# columns 3 to 10 are history, 11 on the run
awk -F, '
    FILENAME ~ /decomposition/ { if ($4 == "price_factor_pct") { mid[$3 $1] = $5; low[$3 $1] = $6; high[$3 $1] = $7 } next }
    FILENAME ~ /run.csv/ { if ($2 == "price") price[$3 $5] = $6; next }
    function same(a, b) { d = a - b; return d * d <= 1e-12 * (1 + b * b) }
    FNR == 1 { for (i = 3; i <= NF; i++) q[i] = $i; n = NF; next }
    { p = $1 == "DRAM" ? "dram" : $1 == "NAND" ? "nand" : "hbm" }
    $2 == "ours" { for (i = 3; i <= n; i++) {
        want = i > 10 ? 100 * (price[p q[i]] / price[p q[i - 1]] - 1) : mid[p q[i]]
        if (p == "hbm" && i <= 10) { if ($i != "") print "HBM has no history: " $i }
        else if (want == "" || !same($i, want)) print p, q[i], $i, want; else cells++ } }
    $2 ~ /end/ { for (i = 3; i <= n; i++) {
        want = i > 10 ? "" : $2 ~ /low/ ? low[p q[i]] : high[p q[i]]
        if (want == "" ? $i != "" : !same($i, want)) print p, $2, q[i], $i, want; else cells++ } }
    $2 == "index" { for (i = 10; i <= n; i++) if (!same($i, price[p q[i]])) print p, "index", q[i], $i; else cells++ }
    END { print n - 2 " quarters, " cells " cells agree" }' fit/decomposition.csv run.csv deck.csv
# what surveys said of 4Q25 and 1Q26, by hand from market.csv and ranking.csv
awk -F, 'FNR > 1 && ($2 == "first" || $2 == "last") { print $1 ": " $2 ", 4Q25 " $9 ", 1Q26 " $10 }' deck.csv
grep -E '^(NAND|Conventional DRAM),(2026Q1|2025Q4)' out/table-prints.csv | cut -d, -f1-10
# every first print with its day is a row of the facts
awk -F, 'FNR > 1 { print $3 "," $4 "," $2 }' out/table-prints.csv | sort -u >printed.txt
cat "$MEMCYCLE_HOME/scenarios/history/market.csv" "$MEMCYCLE_HOME/scenarios/history/ranking.csv" |
    awk -F, '$3 == "contract_price_qoq" { print $9 "," $10 "," $4 }' | sort -u >facts.txt
comm -23 printed.txt facts.txt
# two quarters alone
sed 's/data: price-prints/data: price-prints 2/' trial.yaml >two.yaml
memcycle charts two.yaml --format svg -o two >/dev/null 2>&1
awk -F, 'NR > 1 { print $2 }' two/table-prints.csv | sort -u
# both languages print the same numbers
for l in zh en; do sed '1d; s/ to /~/g' out/table-prices.$l.tsv | cut -f3- >$l.txt; done
diff zh.txt en.txt && wc -l <zh.txt
sed 's/data: price-prints/data: price-prints 2.5/' trial.yaml >bad.yaml
memcycle charts bad.yaml --format svg -o bad
