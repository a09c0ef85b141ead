memcycle run bear bull --compare base
