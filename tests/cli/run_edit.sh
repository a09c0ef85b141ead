memcycle run base --set price_shock.dram@2026Q3=10% | tail -1
