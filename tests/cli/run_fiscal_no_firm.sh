memcycle run base --set price_shock.dram@FQ3-26=10%
