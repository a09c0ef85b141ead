memcycle fit --firm micorn
