memcycle model causes price.dram@2026Q2 --depth 1
