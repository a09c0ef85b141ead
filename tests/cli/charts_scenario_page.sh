# What must be true, and what follows: values against the runs' CSV, reasons against the scenario files,
# limits against what `run` prints.
set -e
cat >pack.yaml <<'PACK'
pack: page
title: {zh: 情景, en: Scenarios}
style: cn-broker
sections:
  - title: {zh: 情景, en: Scenarios}
    tables:
      - {id: page, title: {zh: 前提, en: What must be true}, data: scenario-page base bull bear}
      - {id: outcomes, title: {zh: 结果, en: Outcomes}, data: scenario-outcomes micron base bull bear}
      - {id: limits, title: {zh: 瓶颈, en: Limits}, data: scenario-limits base bull bear}
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
memcycle charts pack.yaml --format svg -o out >/dev/null 2>&1
for s in base bull bear; do memcycle run $s --csv; done >runs.csv
tr '\t' '|' <out/table-page.en.tsv >page.txt # columns that may be empty stay columns
# assumptions over time: first and last quarter of each row, as printed
awk -F'[|]' '
    FILENAME == "runs.csv" { split($0, f, ","); run[f[1] "," f[2] "," f[3] "," f[5]] = f[6]; next }
    function key(words) { gsub(/SK hynix/, "skhynix", words); gsub(/AI servers/, "ai_server", words)
        gsub(/other makers/, "rest", words); gsub(/general servers/, "server", words)
        words = tolower(words); gsub(/ /, ".", words); return words }
    $2 ~ /^(Gross memory capex|Units sold|Content a unit)/ {
        name = $2 ~ /^Gross/ ? "capex" : $2 ~ /^Units/ ? "unit_growth" : "content_growth"
        scale = name == "capex" ? 1 : 100
        n = split($4, quarter, "–"); m = split($6, value, " → ")
        for (i = 1; i <= 2; i++) {
            q = quarter[n < i ? n : i] # 3Q26 is 2026Q3
            q = "20" substr(q, 3) "Q" substr(q, 1, 1); said = value[m < i ? m : i]; gsub(/[,%]/, "", said)
            id = tolower($1) "," name "," key($3) "," q
            d = scale * run[id] - said; if (d < 0) d = -d
            if (!(id in run) || d > (scale == 1 ? 0.501 : 0.0501)) print id, said, "against", run[id]
            else good++ } }
    END { print good, "values of assumptions agree" }' runs.csv page.txt
# each sentence stands in the file that the row names; sourced and judged rows are both there
sed -nE 's/^.*,(sourced|judgement|default|fact),"?(.*[^"])"?$/\1|\2/p' out/table-page.csv |
    sed 's/""/"/g' | while IFS='|' read -r basis why; do
    case $basis in
    sourced | judgement)
        where=${why##*\[} why=${why% \[*}
        grep -qF -- "$why" "$MEMCYCLE_HOME/scenarios/${where%%:*}" && echo "$basis: in its file" || echo "$why?"
        ;;
    *) echo "$basis" ;;
    esac
done | sort | uniq -c | sed 's/^ *//'
# readers see who published a row, and neither files nor lines
cut -d'|' -f8 page.txt | grep -cE '[.](csv|yaml|eqn)' || true
cut -d'|' -f8 page.txt | grep 'mid-30 %'
# outcomes by year
awk -F, '
    FILENAME == "runs.csv" { run[$1 "," $2 "," $3 "," $5] = $6; next }
    FNR == 1 { for (i = 3; i <= NF; i++) year[i] = $i; next }
    { path = $2 ~ /^DRAM contract/ ? "price,dram" : $2 ~ /^NAND contract/ ? "price,nand" : $2 ~ /^HBM contract/ ? "price,hbm" : \
             $2 ~ /^DRAM fill/ ? "fill_rate,dram" : $2 ~ /^NAND fill/ ? "fill_rate,nand" : \
             $2 ~ /Revenue/ ? "revenue,micron" : $2 ~ /Gross/ ? "gross_margin,micron" : $2 ~ /EPS/ ? "eps,micron" : "fcf,micron"
      scale = path ~ /fill|margin/ ? 100 : path ~ /revenue|fcf/ ? 0.001 : 1
      for (i = 3; i <= NF; i++) {
          id = tolower($1) "," path "," (path ~ /micron/ ? "FY" : "CY") year[i]
          if ($i == "" && !(id in run)) { none++; continue }
          d = $i - scale * run[id]; if (d < 0) d = -d
          if ($i == "" || d > 1e-9 * (scale * run[id] + 1)) print id, $i, "against", scale * run[id]; else good++ } }
    END { print good, "outcomes agree,", none, "are of years that are not whole" }' runs.csv out/table-outcomes.csv
# limits as `run` tells them
for s in base bull bear; do
    memcycle run $s | awk -v s=$s '/shortage \(fill rate/ { product = toupper($1); end = $NF; next }
        /  with (space|tools|ramp|demand)/ { n = /no sooner/ ? 0 : $(NF - 2); sub(/\(/, "", n); if (/later/) n = -n
            by[product] = by[product] "," n }
        END { for (p in by) print s "," p by[p] }'
done | sort >want.txt
awk -F, 'FNR > 1 { print tolower($1) "," $2 "," $6 "," $7 "," $8 "," $9 }' out/table-limits.csv | sort | diff - want.txt && echo 'limits as run tells them'
# from another base quarter nothing can be held against it; a list without scenarios
sed 's/scenario-page base bull bear/scenario-page base base-2025Q4/' pack.yaml >other.yaml
memcycle charts other.yaml --format svg -o other 2>&1 | tail -1
sed 's/scenario-page base bull bear/scenario-page base/' pack.yaml >alone.yaml
memcycle charts alone.yaml --format svg -o other
