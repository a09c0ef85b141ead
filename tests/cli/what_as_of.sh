memcycle what revenue.micron --as-of 2026-03-17
memcycle what revenue.micron --as-of 2026-03-18
memcycle what revenue.micron.dram --as-of 2026-03-18
