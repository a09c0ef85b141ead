# One sweep of base: any threads, shards merged, killed and resumed: one hash.
set -e
cat > w.yaml <<'Y'
scenario: base
method: sobol
seed: 7
runs: 20480
axes:
  - {path: elasticity.dram, apply: times, triangular: [0.5, 1, 2]}
  - {path: capex.micron@2026Q3.., apply: times, normal: [1, 0.1], truncate: [0.7, 1.3]}
  - {path: response_short.dram, lognormal: [0.5, 0.3]}
outputs: [gross_margin.micron@CY2027, price.dram@2027Q4]
correlations: [[elasticity.dram, response_short.dram, -0.3]]
Y
run() { memcycle sweep w.yaml "$@" >/dev/null 2>&1; }
run --threads 1 -o a.db
memcycle sweep show a.db --hash > want
for threads in 2 3 8; do
    run --threads $threads -o t$threads.db
    memcycle sweep show t$threads.db --hash | cmp - want
done
for i in 1 2 3; do run --shard $i/3 -o s$i.db; done
memcycle sweep merge s3.db s1.db s2.db -o merged.db
memcycle sweep show merged.db --hash | cmp - want
memcycle sweep w.yaml --threads 1 -o k.db >/dev/null 2>&1 & pid=$!
sleep 0.1; kill -9 $pid 2>/dev/null || true; wait $pid 2>/dev/null || true
run -o k.db --resume
memcycle sweep show k.db --hash | cmp - want
echo same
memcycle sweep merge s1.db s3.db -o gap.db || echo "exit $?"
memcycle sweep w.yaml --runs 16384 -o a.db --resume || echo "exit $?"
