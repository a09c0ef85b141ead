memcycle run base --check-base | sed -n '1p;/eps.micron/p;/fcf.micron/p;/reported figures/p;/other_cash/p'
