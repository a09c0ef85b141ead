# Capex with its past: Micron's from its printed quarters, others' as the scenario reads them and
# marked; years ahead are the run's; what was published stands row by row.
set -e
. "$MEMCYCLE_HOME/tests/support/try_pack.sh"
try_pack "资本开支" "Capex" <<'END'
      - {id: c, title: {zh: "资本开支", en: "Capex"}, data: capex base}
      - {id: f, title: {zh: "美光财年", en: "Micron"}, data: capex-fiscal base}
      - {id: p, title: {zh: "已公布的资本开支", en: "Capex as published"}, data: capex-published micron skhynix samsung}
      - {id: s, title: {zh: "厂房与设备", en: "Buildings and equipment"}, data: capex-split}
END
memcycle charts try.yaml --format svg -o out >/dev/null 2>&1
memcycle run base --csv >run.csv
cell() {
    case $3 in FY*) t=f ;; *) t=c ;; esac
    sed 's/"\([^"]*\)"/\1/; s/, /; /g' out/table-$t.csv | awk -F, -v who="$1" -v row="$2" -v column="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $1 == who && $2 == row { print at[column] ? $at[column] : "no column" }'
}
run() { awk -F, -v n="$1" -v e="$2" -v p="$3" '$2 == n && $3 == e && $5 == p { printf "%.17g\n", $6 }' run.csv; }
same() {
    awk -v what="$1" -v got="$2" "BEGIN { want = $3; d = got - want; if (d < 0) d = -d
        print what, got != \"\" && d <= 1e-9 * want ? \"agrees\" : \"differs: \" got \" / \" want }"
}
same "Micron CY2025 by hand" "$(cell Micron 'Capex; gross' CY2025)" "4055 + 2938 + 5658 + 5389"
same "Micron net CY2025" "$(cell Micron 'Capex net of incentives' CY2025)" "3100 + 2700 + 4900 + 4500"
same "Micron net FY2025 as printed" "$(cell Micron 'Capex net of incentives' FY2025)" 13800
same "Micron FY2026" "$(cell Micron 'Capex; gross' FY2026)" "5389 + 6387 + $(run capex micron 2026Q2) + $(run capex micron 2026Q3)"
same "Micron CY2027" "$(cell Micron 'Capex; gross' CY2027)" "$(run capex micron 2027Q1) + $(run capex micron 2027Q2) + $(run capex micron 2027Q3) + $(run capex micron 2027Q4)"
same "SK hynix CY2026" "$(cell 'SK hynix' 'Capex; gross' CY2026)" "25000"
echo "split of the past: $(cell Samsung 'of which DRAM' CY2024 | wc -w) words"
grep '^三星	资本开支（总额）' out/table-c.zh.tsv | cut -f3-6
grep '^美光	资本开支（总额）' out/table-c.zh.tsv | cut -f5
head -1 out/table-c.en.tsv | cut -f 3-6
head -1 out/table-f.en.tsv | cut -f 3-7
cut -f1 out/table-f.en.tsv | sort | uniq -c | awk '$1 == 7 { print $2 }'
grep -c '^Micron' out/table-p.csv
grep '^SK hynix	9M25' out/table-p.en.tsv | cut -f3,4,6,8,9,11
grep '^SK海力士	2023' out/table-p.zh.tsv | cut -f4-8,11
grep '^SK hynix	M15X	share' out/table-s.en.tsv
sed 's/capex-published micron skhynix samsung/capex-published/' try.yaml >none.yaml
memcycle charts none.yaml --format svg -o none 2>&1 || echo "exit $?"
sed 's/capex-published micron skhynix samsung/capex-published sandisk/' try.yaml >none.yaml
memcycle charts none.yaml --format svg -o none 2>&1 || echo "exit $?"
