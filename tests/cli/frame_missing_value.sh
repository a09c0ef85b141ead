memcycle doctor --home
