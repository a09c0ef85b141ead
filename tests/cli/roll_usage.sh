memcycle roll base --actual micron
