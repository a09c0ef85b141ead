# A value solved for the quarters of a year is one a quarter, and says so; put back as four it hits the target.
memcycle solve base -t 'fcf.micron@FY2027=120 bn USD' -v capex.micron@FY2027=×0.5..×2 >solved
sed -n 1p solved | cut -d' ' -f2,4,5
value=$(sed -n '1s/.* = \([0-9.]*\) usd_m each .*/\1/p' solved)
memcycle run base --set "capex.micron@2026Q4..2027Q3=$value usd_m" --csv | grep '^base,fcf,micron,usd_m,FY2027,' |
    awk -F, '{ print ($6 > 119999 && $6 < 120001 ? "hits" : $6) }'
# and --set of a year is its total
total=$(awk "BEGIN { print 4 * $value }")
memcycle run base --set "capex.micron@FY2027=$total usd_m" --csv | grep '^base,fcf,micron,usd_m,FY2027,' |
    awk -F, '{ print ($6 > 119990 && $6 < 120010 ? "hits" : $6) }'
