memcycle run base --vary response_short.dram=1:1.6 | tail -14
