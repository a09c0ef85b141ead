cat > mine.yaml <<'Y'
title: {zh: 我的, en: Mine}
inherits: base
assumptions:
  capex.micron:
    - {value: +10%, from: 2026Q3, reason: a tenth more}
    - {years: {FY2028: 40 bn USD}, weights: [10%, 20%, 30%, 40%], source: a plan}
  hbm_wafers_target.*:
    values: {micron: 2pp, samsung: ×1.1}
    reason: points and factors
  trade_ratio: {ramp: {to: 4, start: 2027Q1, over: 1 year}, reason: HBM4E}
Y
memcycle describe capex.micron hbm_wafers_target trade_ratio --scenario ./mine.yaml
