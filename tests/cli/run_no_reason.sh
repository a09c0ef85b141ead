cat > mine.yaml <<'Y'
title: Mine
inherts: base
assumptions:
  elasticity.dram.pc: {value: 0.3}
  nwc_days.micron: 40 days
  hbm_part.micron: {value: 13%, values: {micron: 3%}, source: two}
  wafer_loss.*.nand: {quarters: {2026Q3: 3%}, from: 2026Q4, reason: held, again}
Y
memcycle run ./mine.yaml
