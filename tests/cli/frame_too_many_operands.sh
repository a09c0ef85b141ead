memcycle doctor now
