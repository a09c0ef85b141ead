# A fit of another day, then of other facts.
memcycle fit --what price-response --as-of 2026-03-20 -o fit >/dev/null 2>&1
cat > drawn.yaml <<'Y'
scenario: base
method: sobol
runs: 64
fitted: [{from: fit/price_response.csv, product: dram}]
outputs: [price.dram@2027Q4]
Y
memcycle sweep drawn.yaml
sed -i 's/,\([0-9a-f]\)\([0-9a-f]\{63\}\),/,\2\1,/' fit/price_response.csv
memcycle sweep drawn.yaml
