memcycle roll base --actual micron@FQ2-26 -o rolled.csv 2>/dev/null | sed -n '1,2p;/not yet reported/,/skhynix.dram/p;/kept with/p;/revenue.micron/p'
head -1 rolled.csv
