cat > mine.yaml <<'Y'
title: Mine
inherits: base
assumptions:
  capex.micrn: {value: 9 bn USD, reason: more}
  hbm_part.micron: {value: 3O%, reason: letter}
  price_shock.dram: {quarters: {2036Q1: 10%}, reason: too late}
  trade_ratio: {value: [30 10], reason: pair}
  hbm_wafers_0.micron: {value: .nan, reason: nan}
  demand_weight.dram: {values: {ai_server: 20%, server: 30%, mobile: 30%, pc: 10%, other: 20%}, total: 100%, reason: sum}
  shares_0.micron: {value: 12%, reason: unit}
  price.dram: {value: 2, reason: computed}
  premium.micron.dram: {value: 7, reason: bounds}
  tax_rate.micron: {years: {2027: 15%}, reason: whose year}
Y
memcycle run ./mine.yaml
