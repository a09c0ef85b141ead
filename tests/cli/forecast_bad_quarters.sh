memcycle forecast micron --quarters 5
