memcycle check --all
