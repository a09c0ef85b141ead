memcycle fit --product nand --json
