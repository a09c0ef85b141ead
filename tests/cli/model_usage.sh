memcycle model chek
