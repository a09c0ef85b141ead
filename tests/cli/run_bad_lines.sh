cat > mine.yaml <<'Y'
title: Mine
inherts: base
assumptions:
  elasticity.dram.pc: {value: 0.3}
  nwc_days.micron: 40 days
  nwc_days.micron: 50 days
Y
cat > twice.yaml <<'Y'
title: Mine
inherts: base
assumptions:
  elasticity.dram.pc: {value: 0.3}
  nwc_days.micron: 40 days
  tax_rate.micron: {value: &x 3%, from: *x, reason: no, not here}
  hbm_part.micron: !!float 3
Y
memcycle run ./mine.yaml || memcycle run ./twice.yaml
