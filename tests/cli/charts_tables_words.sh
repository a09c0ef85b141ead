# Words of this quarter and the last: outlook stands with the print it was given with, as published.
set -e
cat >trial.yaml <<'Y'
pack: trial
title: {zh: 试, en: Trial}
style: cn-broker
sections:
  - title: {zh: 表述, en: Words}
    tables:
      - {id: micron, title: {zh: 美光, en: Micron}, data: words micron}
      - {id: skhynix, title: {zh: 海力士, en: SK hynix}, data: words skhynix}
    figures:
      - {id: f, kind: lines, title: {zh: 收入（百万美元）, en: Revenue (USD m)}, periods: micron, from: FQ1-22, to: last, series: [{data: fact micron total revenue gaap, name: {zh: 收入, en: Revenue}, colour: micron}]}
Y
memcycle charts trial.yaml --format svg -o out >/dev/null 2>&1
# Micron's rows carry the quarter in which it was said: those of FQ2-26 stand under "this quarter"
statements() {
    awk -v quarter="$1" '
        function cells(line,    n, i, ch, quoted) { n = 1; for (i in c) delete c[i]; quoted = 0
            for (i = 1; i <= length(line); i++) { ch = substr(line, i, 1)
                if (ch == "\"") quoted = !quoted; else if (ch == "," && !quoted) n++; else c[n] = c[n] ch } }
        { cells($0) }
        c[4] == quarter && c[12] == "guidance" && c[3] ~ /^(bit_demand_growth|bit_supply_growth|net_capex)$/ { print c[13] }' \
        "$MEMCYCLE_HOME/scenarios/history/micron.csv" | sort
}
printed() { awk -F'\t' -v column="$1" '$1 ~ /Demand|Supply|Capex/ && $2 ~ /industry|own|net capex guided/ && $column != "" { print $column }' out/table-micron.en.tsv | sort; }
statements FY2026Q1 >said.txt; printed 4 >printed.txt; diff said.txt printed.txt && wc -l <printed.txt
statements FY2026Q2 >said.txt; printed 7 >printed.txt; diff said.txt printed.txt && wc -l <printed.txt
grep -h 'FY2026 net capex guided' out/table-micron.csv
grep -h 'days of inventory (own' out/table-micron.csv
# the numbers of a published row are those of "what"
memcycle what net_capex.micron@FQ2-26 | grep -o '5,000 USD m' && grep -c 'net capex (non-GAAP),USD m,$4.5 billion,4500,4500,$5.0 billion,5000,5000' out/table-micron.csv
# SK hynix: said in February, between the prints of January and April, is last quarter's
grep -h 'Yongin\|capex guided\|third party' out/table-skhynix.csv
# a statement leads back to its row
memcycle trace said.micron.total.net_capex.FY2026@FQ2-26 --pack out | sed -n '1s/  (.*//p'
# quotes and numbers are the same in both languages
for l in zh en; do sed 1d out/table-micron.$l.tsv | cut -f4- >$l.txt; done
diff zh.txt en.txt && wc -l <zh.txt
# on the eve of the print of FQ2-26 the last quarter is FQ1-26, and nothing of March is there
memcycle charts trial.yaml --format svg --as-of 2026-03-17 -o eve >/dev/null 2>&1
head -n 1 eve/table-micron.en.tsv | cut -f4,7
grep -c 'above $25 billion' eve/table-micron.csv || true
sed 's/words micron/words nobody/' trial.yaml >bad.yaml
memcycle charts bad.yaml --format svg -o bad
