memcycle doktor
