# The quarterly pack's tables from the run: there in both languages, numbers equal to the run's CSV.
set -e
memcycle charts "$MEMCYCLE_HOME/scenarios/packs/quarterly.yaml" --format svg -o out >/dev/null 2>&1
memcycle run base --csv >run.csv
for id in capex capacity demand supply balance prices; do
    test -s out/table-$id.csv && test -s out/table-$id.zh.tsv && test -s out/table-$id.en.tsv
    grep -q "E	" out/table-$id.zh.tsv && echo "$id: there, estimates marked"
done
# check NAME ELEMENTS PERIOD FACTOR TABLE ROW(a prefix of the line): both numbers, equal or not
check() {
    awk -F, -v name="$1" -v elements="$2" -v period="$3" -v factor="$4" -v row="$6" '
        FNR == NR { if ($2 == name && $3 == elements && $5 == period) want = $6 * factor; next }
        FNR == 1 { head = $0; next }
        index($0, row) == 1 && !seen++ {
            rest = substr($0, length(row) + 1); columns = split(head, keys, ",")
            fields = split(rest, cells, ",")
            for (i = 3; i <= columns; i++)
                if (keys[i] == period || keys[i] == "CY" period) got = cells[i - 2]
        }
        END { d = got - want; if (d < 0) d = -d
              print name, elements, period, (want != "" && got != "" && d <= 1e-9 * want ? "equal" : "differs: " got " / " want) }
    ' run.csv "out/table-$5.csv"
}
check capacity micron.dram 2026Q4 1 capacity 'Micron,DRAM with HBM,'
check capacity skhynix.nand 2027Q3 1 capacity 'SK hynix,NAND,'
check spend samsung.dram CY2027 1 capex 'Samsung,of which DRAM,'
check net_capex micron FY2028 1 capex-fiscal 'Micron,Capex net of incentives,'
check market_demand dram.ai_server CY2028 1 demand 'DRAM without HBM,Demand in bits: AI servers,'
check fill_rate nand CY2026 100 balance 'NAND,Fill rate of orders,'
check price hbm 2027Q1 1 prices 'HBM,Ours: index (base=1),'
check price dram 2028Q1 1 prices 'DRAM,Ours: index (base=1),'
