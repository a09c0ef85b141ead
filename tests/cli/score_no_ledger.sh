memcycle score --ledger nowhere.db
