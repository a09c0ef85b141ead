# recorded as of a day before the print, scored after it; recording twice adds nothing
set -e
memcycle forecast micron --as-of 2026-01-15 --record --ledger l.db >/dev/null
memcycle forecast micron --as-of 2026-01-15 --record --ledger l.db >/dev/null
memcycle score --ledger l.db
