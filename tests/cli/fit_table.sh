memcycle fit --product dram --as-of 2026-03-20 -o out && head -1 out/decomposition.csv out/statements.csv && sed -n 2,4p out/fit.csv
