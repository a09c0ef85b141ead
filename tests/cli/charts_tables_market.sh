# Demand, supply and balance by year: parts add to totals, numbers are those of the run's quarters.
set -e
cat >trial.yaml <<'Y'
pack: trial
title: {zh: 试, en: Trial}
style: cn-broker
sections:
  - title: {zh: 供需, en: Market}
    tables:
      - {id: demand, title: {zh: 需求, en: Demand}, data: demand base}
      - {id: supply, title: {zh: 供给, en: Supply}, data: supply base}
      - {id: balance, title: {zh: 平衡, en: Balance}, data: balance base}
    figures:
      - {id: f, kind: lines, title: {zh: 收入（百万美元）, en: Revenue (USD m)}, periods: micron, from: FQ1-22, to: last, series: [{data: fact micron total revenue gaap, name: {zh: 收入, en: Revenue}, colour: micron}]}
Y
memcycle charts trial.yaml --format svg -o out >/dev/null 2>&1
memcycle run base --csv >run.csv
# the run's quarters 2026Q1.. and years by name.elements@period
awk -F, 'NR > 1 { print $2 "." $3 "@" $5 "," $6 }' run.csv >run.txt
awk -F, '
    function same(a, b) { return (a - b) ^ 2 <= 1e-18 * (1 + b * b) }
    function key(name) { return name ~ /^DRAM/ ? "dram" : name ~ /^HBM/ ? "hbm" : "nand" }
    function check(what, got, want) { if (want == "" || !same(got, want)) print what ": " got ", want " want; else n[kind]++ }
    BEGIN { market["AI servers"] = "ai_server"; market["General servers"] = "server"; market["Phones"] = "mobile"
            market["PCs"] = "pc"; market["Other"] = "other"
            maker["Micron"] = "micron"; maker["Samsung"] = "samsung"; maker["SK hynix"] = "skhynix"; maker["Rest"] = "rest" }
    FILENAME == "run.txt" { run[$1] = $2; next }
    FNR == 1 { for (i = 3; i <= NF; i++) year[i] = $i; last = NF; next }
    { p = key($1); what = $2; sub(/: .*/, "", what); who = $2; sub(/.*: /, "", who)
      for (i = 3; i <= last; i++) {
        y = year[i]; q = substr(y, 3)
        if (FILENAME ~ /demand/ && what == "Units index") { units[who, y] = $i }
        else if (what == "Content a unit (index)") { kind = "units times content is what is wanted"
            check($2 y, $i * units[who, y] / 10000, run["growth_index." p "." market[who] "@" y]) }
        else if (FILENAME ~ /demand/ && what ~ /^Demand in/ && who != "all markets") {
            sum[p, what, y] += $i
            want = 0; for (k = 1; k <= 4; k++) want += run["market_demand." p "." market[who] "@" q "Q" k] * (what ~ /value/ ? run["price." p "@" q "Q" k] : 1)
            kind = what " by market"; check($2 y, $i, want) }
        else if (FILENAME ~ /demand/ && who == "all markets") { kind = what " adds"; check($2 y, $i, sum[p, what, y]) }
        else if (FILENAME ~ /supply/ && who != "all makers") {
            path = what ~ /^Wafers/ ? "wafers" : what ~ /^Bits a/ ? "fab_bits" : "supply"
            sum[p, what, y] += $i
            kind = path " by maker"; check($2 y, $i, (path == "fab_bits" ? 100 : 1) * run[path "." maker[who] "." p "@" y]) }
        else if (FILENAME ~ /supply/) { kind = what " adds"; check($2 y, $i, sum[p, what, y]); if (what ~ /^Supply/) made[p, y] = $i }
        else if (what == "Supply in bits (made)") { kind = "balance and supply agree"; check($2 y, $i, made[p, y]) }
        else if (what == "Demand in bits") { kind = "balance and demand agree"; check($2 y, $i, sum[p, what, y]); demand[p, y] = $i }
        else if (what ~ /^Offered .made/) offered[p, y] = $i
        else if (what ~ /^Shipped/) { kind = "no more shipped than offered or wanted"; if ($i <= offered[p, y] * (1 + 1e-12) && $i <= demand[p, y] * (1 + 1e-12)) n[kind]++; else print $0 }
        else if (what ~ /^Gap/) { kind = "gap is offered less demand"; check($2 y, $i, offered[p, y] - demand[p, y]) }
        else if (what ~ /^Fill/) { kind = "fill rate"; check($2 y, $i, 100 * run["fill_rate." p "@" y]) }
        else if (what ~ /^Demand in bits .base/) { kind = "demand index"; check($2 y, $i, 25 * demand[p, y] / run["demand." p "@2026Q1"]) }
        else if (what ~ /^Contract price .base/) { kind = "price"; check($2 y, $i, run["price." p "@" y]) }
      } }
    END { for (k in n) print k ": " n[k] }' run.txt out/table-demand.csv out/table-supply.csv out/table-balance.csv | sort
# units of AI servers from the scenario page alone: 28 % a year in 2026, 22 % in 2027
awk -F, '$2 == "Units index: AI servers" { for (k = 0; k < 4; k++) { a += 25 * 1.28 ^ (k / 4); b += 25 * 1.28 ^ 0.75 * 1.22 ^ ((k + 1) / 4) }
    printf "%.9f %.9f\n", $3 - a, $4 - b }' out/table-demand.csv | tr -d -
# both languages print the same numbers
for id in demand supply balance; do
    for l in zh en; do sed 1d out/table-$id.$l.tsv | cut -f3- >$l.txt; done
    diff zh.txt en.txt && wc -l <zh.txt
done
