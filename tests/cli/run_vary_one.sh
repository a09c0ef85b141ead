memcycle run base --vary response_short.dram=1
