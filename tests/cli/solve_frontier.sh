memcycle solve base -t gross_margin.micron@2026Q2=81% -v price_shock.dram@2026Q2 --over price_shock.nand@2026Q2=-0.3..0.3
