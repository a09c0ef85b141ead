memcycle run base
