memcycle solve base -t eps.micron@2027=80 -v capex.micron
