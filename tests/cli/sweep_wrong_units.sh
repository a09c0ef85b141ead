cat > bad.yaml <<'Y'
scenario: base
method: sobol
runs: 64
axes:
  - {path: pirce_shock.dram@2026Q3, apply: add, uniform: [0, 0.1]}
  - {path: tax_rate.micron, triangular: [10, 20%, 30%]}
outputs: [gross_margin.micron@2041Q1]
events: ["gross_margin.micron@2027Q1 below 50%"]
Y
memcycle sweep bad.yaml
