memcycle sweep sensitivity --plan
