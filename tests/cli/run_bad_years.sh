cat > mine.yaml <<'Y'
title: Mine
inherits: base
assumptions:
  unit_growth.pc:
    value: 12,5%
    reason: comma
  weeks_0.micron.dram: {value: 1e400 weeks, reason: huge}
  premium.micron.dram: {value: 7, reason: bounds}
  tax_rate.micron: {years: {2027: 15%}, reason: whose year}
  capex.micron: {years: {FY2027: 30 bn USD}, weights: [10%, 20%, 30%, 50%], reason: weights}
  node_gain.micron.dram: {value: 20%, from: 2026Q3, reason: no quarters}
Y
memcycle run ./mine.yaml
