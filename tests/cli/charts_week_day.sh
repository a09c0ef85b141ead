# The weekly note on its own day: scenarios by their pages of that day, as `run` has them, and nothing later.
set -e
memcycle charts "$MEMCYCLE_HOME/scenarios/packs/weekly.yaml" --as-of 2026-03-20 --format svg -o out 2>/dev/null
for s in base risk-yield risk-policy risk-smartphone; do
    memcycle run $s-2026-03-20 --as-of 2026-03-20 --csv | sed "s/^$s-2026-03-20,/$s,/"
done >runs.csv
# id and number of every sentence
for l in zh en; do
    grep -o '<b data-number="run[^<]*<' out/weekly.$l.html | sed 's/<b data-number="\([^"]*\)">/\1\t/; s/<$//; s/,//g' >said.$l
done
# the run's own number in the sentence's unit, and how far the last digit printed lets it be
for l in zh en; do
    awk -F'[,\t]' -v lang=$l '
        FILENAME == "runs.csv" { run["run." $1 "." $2 "." $3 "@" $5] = $6; next }
        /shortage_ends/ { next }
        { id = $1; change = ""
          if (match(id, /\.(over|less)-base@/)) { change = substr(id, RSTART + 1, 4); sub(/\.(over|less)-base/, "", id) }
          base = id; sub(/^run\.[a-z-]*\./, "run.base.", base)
          want = run[id]
          if (change == "over") want = 100 * (run[id] / run[base] - 1)
          else if (change == "less") want = 100 * (run[id] - run[base])
          else if (id ~ /gross_margin/) want *= 100
          else if (id ~ /(revenue|fcf)\./) want /= lang == "zh" ? 100 : 1000
          said = $2; sub(/%$/, "", said)
          off = said ~ /\.[0-9][0-9]$/ ? 0.00501 : 0.0501
          d = want - said; if (d < 0) d = -d
          if (!(id in run) || d > off) print lang, $1, said, "against", want
          else good++ }
        END { print lang, good, "numbers of the run agree" }' runs.csv said.$l
done
cut -f1 said.zh | sort >ids.zh && cut -f1 said.en | sort | diff ids.zh - && echo 'the same ids in both languages'
# what a number is traced to runs again and gives it
memcycle trace run.base.revenue.micron@FY2027 --pack out | sed -n 's/.*(run \(.*\))$/\1/p' | sort -u
# a day on which the risks had no page; a file of a later week
memcycle charts "$MEMCYCLE_HOME/scenarios/packs/weekly.yaml" --as-of 2026-03-17 --format svg -o early 2>&1 | tail -1
cat >week.yaml <<'PACK'
pack: week
title: {zh: 周, en: Week}
style: cn-broker
sections:
  - title: {zh: 周, en: Week}
    tables:
      - {id: week, title: {zh: 周, en: Week}, data: market-week market-week-2026-03-20.csv}
    figures:
      - id: revenue
        kind: columns
        title: {zh: 美光季度收入（十亿美元）, en: Micron quarterly revenue (USD bn)}
        periods: micron
        from: FQ1-24
        to: last
        series:
          - {data: fact micron total revenue gaap, name: {zh: 收入（GAAP）, en: Revenue (GAAP)}, colour: micron, mark: bar, scale: 0.001}
PACK
memcycle charts week.yaml --as-of 2026-03-17 --format svg -o early
