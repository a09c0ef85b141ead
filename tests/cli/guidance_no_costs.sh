memcycle guidance samsung
