# The first pack from the real facts, its figures and their numbers; one figure drawn again.
set -e
memcycle charts "$MEMCYCLE_HOME/scenarios/packs/decomposition.yaml" --format svg --lang zh -o out
ls out | grep -c '\.svg$'
head -1 out/01-micron-revenue.csv
grep '^micron-revenue,micron.total.revenue.gaap,.*,FQ2-26,' out/01-micron-revenue.csv | cut -d, -f9,12,14
grep 'micron.total.revenue.gaap@FQ2-26' out/trace.csv | head -1 | cut -d, -f3-5
awk -F, '$3 ~ /收入变动/ && $12 ~ /total/ { level[++n] = $9 } $12 !~ /total/ && NR > 1 { sum += $9 }
         END { printf "%.6f\n", level[1] + sum - level[2] }' out/09-micron-bridge.csv | sed 's/^-//'
memcycle charts "$MEMCYCLE_HOME/scenarios/packs/decomposition.yaml" --format svg --lang zh -o out --only dram-bits
