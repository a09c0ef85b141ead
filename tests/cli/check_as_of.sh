memcycle check --as-of 2026-03-19
