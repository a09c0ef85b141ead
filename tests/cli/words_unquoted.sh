memcycle words about 5%
