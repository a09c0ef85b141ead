# the tables of the quarterly pack rest on the run itself: wafer capacity of Micron's DRAM, number by number
set -e
memcycle charts "$MEMCYCLE_HOME/scenarios/packs/quarterly.yaml" --format svg --lang en -o out >/dev/null 2>&1
memcycle run base --csv | awk -F, '$2 == "capacity" && $3 == "micron.dram" && $5 ~ /Q/ && n++ < 5 { printf "%.6f\n", $6 }' >run.txt
awk -F, 'NR == 2 { for (i = 3; i < 8; i++) printf "%.6f\n", $i }' out/table-capacity.csv >table.txt
diff run.txt table.txt && wc -l <table.txt
