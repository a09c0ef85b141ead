# What 1 % is worth, by the gradient, against central differences of runs with --set.
set -e
cat >pack.yaml <<'PACK'
pack: test
title: {zh: 敏感性, en: Sensitivities}
style: cn-broker
sections:
  - title: {zh: 敏感性, en: Sensitivities}
    tables:
      - {id: worth, title: {zh: 美光, en: Micron}, data: sensitivities base micron}
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
test -s out/table-worth.zh.tsv
# compare CHANGE SET-DOWN SET-UP STEPS: the table's three numbers of FY2027 and of the next quarter
# against (up - down) times STEPS, the number of such differences in 1 %
compare() {
    memcycle run base --set "$2" --csv >down.csv
    memcycle run base --set "$3" --csv >up.csv
    awk -F, -v change="$1" -v steps="$4" '
        FILENAME == "down.csv" { if ($3 == "micron") down[$2 "@" $5] = $6; next }
        FILENAME == "up.csv" { if ($3 == "micron") up[$2 "@" $5] = $6; next }
        FNR == 1 { for (i = 3; i <= NF; i++) period[i] = $i; next }
        index($1, change) == 1 {
            name = $2 ~ /^Revenue/ ? "revenue" : $2 ~ /^Gross/ ? "gross_margin" : "eps"
            scale = name == "gross_margin" ? 100 : 1
            for (i = 3; i <= 4; i++) {
                key = name "@" period[i]
                want = scale * steps * (up[key] - down[key]); d = $i - want
                print change, key, (d * d <= 1e-6 * want * want + 1e-12 ? "agrees" : $i " against " want)
            }
        }' down.csv up.csv out/table-worth.csv
}
# the shock of the scenario itself, a ten-thousandth less and more; log 1.01 holds 49.75 of both together
memcycle run base --csv | awk -F, '$2 == "price_shock" && $3 == "dram" && $5 == "2026Q2" { print $6 - 0.0001, $6 + 0.0001 }' >shocks.txt
read -r less more <shocks.txt
compare 'DRAM contract price' price_shock.dram@2026Q2="$less" price_shock.dram@2026Q2="$more" 49.7516542658
compare 'NAND ASP' premium.micron.nand@2026Q2..=0.9999 premium.micron.nand@2026Q2..=1.0001 50
compare 'DRAM bits' yield_index.micron.dram@2026Q2..=0.9999 yield_index.micron.dram@2026Q2..=1.0001 50
# ASP alone: 1 % of the product's own revenue
memcycle run base --csv | awk -F, '$2 == "product_revenue" && $3 == "micron.nand" && $5 == "FY2027" { printf "%.3f\n", $6 / 100 }' >want.txt
awk -F, '$1 == "NAND ASP +1%" && $2 ~ /^Revenue/ { printf "%.3f\n", $4 }' out/table-worth.csv | diff - want.txt && echo 'ASP is 1 % of NAND revenue'
