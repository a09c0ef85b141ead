# Periods counted from the last print; paths added and subtracted; the company's guidance in a fan.
cat > p.yaml <<'END'
pack: p
title: x
sections:
  - title: y
    figures:
      - id: near
        kind: lines
        title: Revenue (USD m)
        periods: micron
        from: last-2
        to: next
        series: [{data: fact micron total revenue gaap, name: r, gaps: yes}]
      - id: space
        kind: columns
        title: Cleanroom (thousand wafers a month)
        from: next
        to: last+12
        series:
          - {data: run base space.micron.dram, name: a}
          - {data: run base wafers_installed.micron.dram, name: b}
          - {data: run base space.micron.dram-wafers_installed.micron.dram, name: c}
      - id: fan
        kind: fan
        title: Revenue (USD bn)
        data: forecast micron revenue 1
        periods: micron
        from: last-1
        to: next
END
memcycle charts p.yaml --as-of 2026-06-01 --format svg --lang en -o pack || exit
cut -d, -f5,9 pack/01-near.csv
awk -F, '$2 ~ /^run/ { v[$4 $5] = $9; if ($4 == "c") { d = v["a" $5] - v["b" $5] - $9; n++; if (d * d > 1e-18) bad++ } }
    END { print n, bad + 0 }' pack/02-space.csv
grep guidance pack/03-fan.csv | cut -d, -f4,5,9,10,11 | grep FQ3
sed 's/last-2/last-2x/' p.yaml > bad.yaml
memcycle charts bad.yaml --as-of 2026-06-01 --format svg -o pack
