memcycle what --rules
