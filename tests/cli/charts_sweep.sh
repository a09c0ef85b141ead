# Percentiles of a sweep drawn for a figure equal those that the sweep itself prints; each sweep is
# run once; in the base quarter the fan opens at the scenario's own value.
set -e
cat > fan.yaml <<'END'
pack: fan
title: x
sections:
  - title: y
    figures:
      - id: margin
        kind: fan
        title: t
        from: 1Q26
        to: 4Q27
        series:
          - {data: sweep fan gross_margin.skhynix 5-95 256, name: outer, mark: band, scale: 100}
          - {data: sweep fan gross_margin.skhynix 50 256, name: median, mark: line, scale: 100}
END
memcycle charts fan.yaml --format svg --lang en -o pack 2>err >/dev/null
grep -c 'runs: 256 new' err
memcycle sweep fan --runs 256 --csv >sweep.csv 2>/dev/null
memcycle run base --csv >run.csv
awk -F, '
    FILENAME == "sweep.csv" { low[$1] = $9; middle[$1] = $11; high[$1] = $13; next }
    FILENAME == "run.csv" { if ($2 == "gross_margin" && $3 == "skhynix") run[$5] = 100 * $6; next }
    FNR == 1 { next }
    {
        name = "gross_margin.skhynix@" $5; band = $9 == ""
        want[1] = band ? low[name] : middle[name]; got[1] = band ? $10 : $9
        want[2] = band ? high[name] : middle[name]; got[2] = band ? $11 : $9
        if ($5 == "2026Q1") want[1] = want[2] = run[$5]
        for (k = 1; k <= 2; k++) {
            d = got[k] - want[k]
            if (want[k] == "" || d > 1e-9 || d < -1e-9) print $5, got[k], want[k]
            else equal++
        }
        estimates += $12 == "estimate"
    }
    END { print equal " equal, " estimates " estimates" }
' sweep.csv run.csv pack/01-margin.csv
