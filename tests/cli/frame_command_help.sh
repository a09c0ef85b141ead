memcycle doctor --help
