# the guided parts of FQ3-26 close to the guided EPS
memcycle guidance micron --as-of 2026-03-20
