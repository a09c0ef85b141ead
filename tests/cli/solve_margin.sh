memcycle solve base -t gross_margin.micron@2026Q2=85% -v price_shock.dram@2026Q2
