memcycle fit --what price-response --as-of 2026-06-01 | head -8
