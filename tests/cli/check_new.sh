printf "kind,what,period,reason\n" > none.csv
memcycle check --accepted none.csv
