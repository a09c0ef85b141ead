memcycle roll bull --actual micron@FQ2-26
