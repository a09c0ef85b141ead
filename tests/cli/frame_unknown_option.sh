memcycle doctor --hlep
