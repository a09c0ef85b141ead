memcycle model check
