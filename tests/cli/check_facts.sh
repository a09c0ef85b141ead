memcycle check
