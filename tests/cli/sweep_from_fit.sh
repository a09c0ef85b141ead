# A sweep draws the parameters of a fit from its file; the manifest says which.
set -e
memcycle fit --what price-response --as-of 2026-06-01 -o fit >/dev/null 2>&1
cat > drawn.yaml <<'Y'
scenario: base
method: sobol
runs: 512
fitted:
  - {from: fit/price_response.csv, product: dram}
  - {from: fit/price_response.csv, product: nand, paths: [price_anchor.nand]}
outputs: [price.dram@2027Q4]
Y
memcycle sweep drawn.yaml -o whole.db 2>/dev/null | grep -o '^[a-z_]*\.\(dram\|nand\) ' | sort -u
grep -a -o 'fit price_response.csv [a-z]*log response_short -[0-9.]\{4\}' whole.db | sort
grep -a -c "sha256 price_response.csv$(sha256sum < fit/price_response.csv | cut -c1-64)" whole.db
