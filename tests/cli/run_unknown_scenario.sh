memcycle run bul
