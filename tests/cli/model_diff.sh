cat >small.eqn <<'END'
unit usd_m
dimension firm = micron, rest
# ---- sales (S1)
assumption growth[firm] path : frac, -0.5..1 = 0.1 "growth a quarter" @ "judgement"
fact sales_0[firm] : usd_m "sales of the base quarter"
variable sales[firm] : usd_m, year sum "sales"
S1: sales[firm] = sales[firm](-1) * (1 + growth[firm])
start sales[firm] = sales_0[firm]
output peak[firm] : usd_m "highest sales"
S2: peak[firm] = max_all(sales[firm])
check sales[firm] >= 0 "sales are not negative"
END
sed -e "s/0.1 \"/0.2 \"/" -e "s/max_all/min_all/" small.eqn >other.eqn
memcycle model diff small.eqn small.eqn && memcycle model diff small.eqn other.eqn
