memcycle fit --product sram
