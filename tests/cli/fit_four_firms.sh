memcycle fit --product nand --firm micron --firm samsung --firm skhynix --firm kioxia
