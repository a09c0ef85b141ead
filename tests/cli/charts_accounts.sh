# The accounts of the three firms: cells recomputed from the fact files and from the run's own CSV,
# identities in every column, and nothing that is missing printed as a number.
set -e
facts="$MEMCYCLE_HOME/scenarios/history"
. "$MEMCYCLE_HOME/tests/support/try_pack.sh"
try_pack "盈利" "Profit" <<'END'
      - {id: micron, title: {zh: "美光", en: "Micron"}, data: accounts base micron}
      - {id: micron-years, title: {zh: "美光", en: "Micron"}, data: accounts-years base micron}
      - {id: skhynix, title: {zh: "SK海力士", en: "SK hynix"}, data: accounts base skhynix}
      - {id: skhynix-years, title: {zh: "SK海力士", en: "SK hynix"}, data: accounts-years base skhynix}
      - {id: samsung, title: {zh: "三星", en: "Samsung"}, data: accounts base samsung}
      - {id: back, title: {zh: "美光", en: "Micron"}, data: quarters micron}
END
memcycle charts try.yaml --format svg -o out >/dev/null 2>&1
memcycle run base --csv >run.csv
# cell TABLE ROW COLUMN: full precision; a comma inside quotes is no separator
cell() {
    sed 's/"\([^"]*\)"/\1/; s/, /; /g' "out/table-$1.csv" | awk -F, -v row="$2" -v column="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $1 == row { print at[column] ? $at[column] : "no column"; found = 1 }
        END { if (!found) print "no row" }'
}
run() { awk -F, -v n="$1" -v e="$2" -v p="$3" '$2 == n && $3 == e && $5 == p { printf "%.17g\n", $6 }' run.csv; }
fact() { grep "^$2" "$facts/$1" | head -1 | awk -F, '{ print $8 }'; }
# same WHAT GOT FORMULA: both to a part in 1e-9
same() {
    awk -v what="$1" -v got="$2" "BEGIN { want = $3; d = got - want; if (d < 0) d = -d; w = want < 0 ? -want : want
        print what, got != \"\" && want != 0 && d <= 1e-9 * w ? \"agrees\" : \"differs: \" got \" / \" want }"
}
echo "== published"
same "Micron revenue FQ2-26" "$(cell micron 'Revenue (GAAP)' FQ2-26)" "$(fact micron.csv micron,total,revenue,FY2026Q2,)"
same "Micron inventory FQ3-25" "$(cell micron 'Inventory at the end (GAAP)' FQ3-25)" 8727
same "Micron gross capex FQ4-25" "$(cell micron 'Capex; gross cash outlay (GAAP)' FQ4-25)" "$(fact micron.csv micron,total,capex,FY2025Q4,)"
same "SK hynix net income 2025Q3" "$(cell skhynix 'Net income (IFRS)' 2025Q3)" "$(fact financials.csv skhynix,total,net_income,2025Q3,)"
same "Samsung memory 2025Q4" "$(cell samsung 'Memory revenue as published (IFRS)' 2025Q4)" "$(fact financials.csv samsung,memory,revenue,2025Q4,)"
rate=$(awk -F, '$2 ~ /^2025-1[012]$/ { s += $5 } END { print s / 3 / 1e6 }' OFMT=%.17g "$facts/fx.csv")
same "SK hynix DRAM 2025Q4" "$(cell skhynix 'DRAM revenue with HBM' 2025Q4)" "$(fact ranking.csv skhynix,dram,revenue,2025Q4,) * $rate"
same "Micron gross profit FQ2-26" "$(cell micron 'Gross profit (non-GAAP)' FQ2-26)" "23860 * 0.749"
same "the table without a run" "$(cell back 'EPS (USD; non-GAAP)' FQ2-26)" 12.20
echo "== run"
fx=$(run fx "" 2026Q3)
same "Micron gross profit FQ3-26" "$(cell micron 'Gross profit (non-GAAP)' FQ3-26)" "$(run gross_profit micron 2026Q2)"
same "Micron EPS FQ2-28" "$(cell micron 'EPS (USD; non-GAAP)' FQ2-28)" "$(run eps micron 2028Q1)"
same "SK hynix revenue 2026Q3" "$(cell skhynix 'Revenue (IFRS)' 2026Q3)" "$(run revenue skhynix 2026Q3) * $fx / 1e6"
same "SK hynix EPS 2026Q3" "$(cell skhynix 'EPS (KRW; IFRS)' 2026Q3)" "$(run eps_krw skhynix 2026Q3)"
same "Samsung operating income 2026Q3" "$(cell samsung 'Operating income of DS (IFRS)' 2026Q3)" "$(run operating_income samsung 2026Q3) * $fx / 1e6"
same "joint: YoY of the first estimate" "$(cell micron YoY FQ3-26)" "100 * ($(run revenue micron 2026Q2) / 9301 - 1)"
echo "== years"
same "FY2025 revenue" "$(cell micron-years 'Revenue (GAAP)' FY2025)" "8709 + 8053 + 9301 + 11315"
same "FY2025 margin as printed" "$(cell micron-years 'Gross margin (non-GAAP)' FY2025)" 41
same "FY2026 revenue" "$(cell micron-years 'Revenue (GAAP)' FY2026)" "13643 + 23860 + $(run revenue micron 2026Q2) + $(run revenue micron 2026Q3)"
same "FY2027 revenue" "$(cell micron-years 'Revenue (GAAP)' FY2027)" "$(run revenue micron FY2027)"
same "FY2027 net cash" "$(cell micron-years 'Net cash at the end (debt in brackets)' FY2027)" "$(run net_cash micron 2027Q3)"
same "CY2024 net income, the finer row" "$(cell skhynix-years 'Net income (IFRS)' CY2024)" 19.796902
same "CY2027 operating margin" "$(cell skhynix-years 'Operating margin (IFRS)' CY2027)" "100 * $(run operating_income skhynix CY2027) / $(run revenue skhynix CY2027)"
echo "== identities"
for t in micron micron-years skhynix skhynix-years samsung; do
    sed 's/"\([^"]*\)"/\1/; s/, /; /g' out/table-$t.csv | awk -F, -v t=$t '
        function near(a, b, part) { d = a - b; if (d < 0) d = -d; return d <= part * (b < 0 ? -b : b) + 1e-12 }
        NR == 1 { n = NF; next }
        { for (i = 2; i <= n; i++) v[$1, i] = $i
          if ($1 ~ /^DRAM/) dram = $1; if ($1 ~ /^NAND/) nand = $1; if ($1 ~ /^Other/) other = $1
          if ($1 ~ /^Revenue/) revenue = $1; if ($1 ~ /^Gross profit/) profit = $1
          if ($1 ~ /^Gross margin/) margin = $1; if ($1 ~ /^Operating expenses/) opex = $1
          if ($1 ~ /^Operating income/) income = $1; if ($1 ~ /^Operating cash/) ocf = $1
          if ($1 ~ /^Free cash/) fcf = $1; if ($1 ~ /^Capex/ && $1 !~ /published|outlay/) capex = $1 }
        END {
            ahead = t ~ /years/ ? 6 : 10
            for (i = 2; i <= n; i++) {
                part = t ~ /years/ && i < ahead ? 5e-4 : 1e-9 # a year of SK hynix is printed finer than its quarters
                if (v[nand, i] != "") { adds++; bad += !near(v[dram, i] + v[nand, i] + v[other, i], v[revenue, i], part) }
                if (i < ahead) continue
                margins++; bad += !near(100 * v[profit, i] / v[revenue, i], v[margin, i], 1e-9)
                cash++; bad += !near(v[ocf, i] - v[capex, i], v[fcf, i], 1e-9)
                if (t == "micron-years" && i == ahead) continue # its first quarters were printed rounded
                incomes++; bad += !near(v[profit, i] - v[opex, i], v[income, i], 1e-9)
            }
            print t ": products add in", adds, "columns, margins", margins, "incomes", incomes, "cash", cash, "wrong", bad + 0 }'
done
echo "== missing"
for t in micron skhynix samsung; do
    grep -h Inventory out/table-$t.csv | awk -F, '{ for (i = NF - 7; i <= NF; i++) n += $i == ""; print n, "empty of 8 ahead" }'
done
grep -h '^存货' out/table-micron.zh.tsv | awk -F'\t' '{ print $NF }'
grep -h '^Gross margin' out/table-skhynix.en.tsv | cut -f 7-10
grep -h '^Net cash' out/table-micron.en.tsv | cut -f 2-3
grep -o 'data-id="run.base.gross_margin.micron@FQ3-26"' out/try.en.html | sort | uniq -c | awk '{ print $2 }'
grep -c 'FQ3-26E' out/table-micron.zh.tsv
memcycle charts try.yaml --format svg -o early --as-of 2026-03-20 >/dev/null 2>&1
grep -h 'need not join' early/try.en.md | sort -u
