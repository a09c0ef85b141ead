memcycle run base --set weeks_0.*.hbm=×1 | tail -1
