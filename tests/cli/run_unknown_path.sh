memcycle run base --set price_shok.dram=3%
