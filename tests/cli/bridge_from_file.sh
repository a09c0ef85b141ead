memcycle fit --as-of 2026-03-20 -o out >/dev/null && memcycle bridge micron FQ1-26 FQ2-26 --as-of 2026-03-20 --fit out --json
