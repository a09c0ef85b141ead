memcycle check --as-of 2026-03-20 --claims "$MEMCYCLE_HOME/scenarios/history/note-claims-2026-03-20.csv"
