memcycle guidance skhynix
