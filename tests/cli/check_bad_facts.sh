mkdir -p home/scenarios/history
cp "$MEMCYCLE_HOME"/scenarios/history/*.csv home/scenarios/history
printf 'micron,dram,revenue,FY2026Q9,2026-02-26,2026-03-18,stated,"1,5",,,usd_mm,gaap,,,,sure\nshort\n' >> home/scenarios/history/micron.csv
memcycle check --home home
