# The page of the note's day meets what was printed and guided that day: first what was solved for, then what was not.
set -e
memcycle run base-2026-03-20 --as-of 2026-03-20 --csv | awk -F, '$3 ~ /^micron/ { v[$2 "." $3 "@" $5] = $6 }
    function near(name, id, want, off) { d = v[id] / want - 1; if (d < 0) d = -d
        print name, (d <= off ? "within " 100 * off " %" : v[id] " against " want) }
    END { v["d"] = v["product_revenue.micron.dram@2026Q1"] + v["product_revenue.micron.hbm@2026Q1"]
          near("DRAM revenue, micron.csv:247", "d", 18768, 0.001)
          near("NAND revenue, micron.csv:503", "product_revenue.micron.nand@2026Q1", 4997, 0.001)
          near("guided revenue, micron.csv:951", "revenue.micron@2026Q2", 33500, 0.002)
          near("gross margin, micron.csv:829", "gross_margin.micron@2026Q1", 0.749, 0.01)
          near("EPS, financials.csv:552", "eps.micron@2026Q1", 12.20, 0.01)
          near("guided gross margin, micron.csv:870", "gross_margin.micron@2026Q2", 0.81, 0.01)
          near("guided EPS, financials.csv:612", "eps.micron@2026Q2", 19.15, 0.01) }'
