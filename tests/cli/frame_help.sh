memcycle --help
