# The quarterly pack from facts, fits and scenario runs; two runs give the same bytes.
set -e
pack=$MEMCYCLE_HOME/scenarios/packs/quarterly.yaml
memcycle charts "$pack" --format svg --lang en -o one >said
figures=$(grep -c '^        kind: ' "$pack") # as many as the file asks for
grep -qx "one/index.md: $figures figures as of 2026-06-01" said && echo counted
[ "$(ls one | grep -c '\.svg$')" = "$figures" ] && echo drawn
memcycle charts "$pack" --format svg --lang en -o two >/dev/null
diff -r one two && echo same
grep -c ',run,' one/trace.csv | awk '{ print ($1 >= 10 ? "runs traced" : $1) }'
# Every number of a run, recomputed: the paths of its id, joined by + and -, times one scale a series.
for scenario in bear base bull; do memcycle run $scenario --csv; done >run.csv
awk -F, '
    function quarter(key,    n, year) { # FQ3-26 is laid on 2026Q2
        if (key !~ /^FQ/) return key
        n = substr(key, 3, 1) - 1; year = 2000 + substr(key, 5)
        return n ? year "Q" n : (year - 1) "Q4"
    }
    FILENAME == "run.csv" { run[$1 "," $2 ($3 == "" ? "" : "." $3) "@" $5] = $6; next }
    FNR == 1 || $2 !~ /^run\./ || $2 ~ /\.qoq$/ || $9 == "" { next }
    {
        rest = substr($2, 5); scenario = rest; sub(/\..*/, "", scenario)
        rest = substr(rest, length(scenario) + 2); sum = 0; sign = 1; known = 1
        while (rest != "") {
            match(rest, /[^+-]+/); path = substr(rest, 1, RLENGTH)
            after = substr(rest, RLENGTH + 1, 1); rest = substr(rest, RLENGTH + 2)
            key = scenario "," path "@" quarter($5)
            known = known && (key in run); sum += sign * run[key]; sign = after == "-" ? -1 : 1
        }
        if (!known) next
        right = 0
        for (scale = 1000; scale >= 0.001; scale /= 10) {
            d = $9 / scale - sum; size = sum < 0 ? -sum : sum
            if (d < 0) d = -d
            right = right || d <= 1e-9 * (size > 1 ? size : 1)
        }
        if (!right) print $1, $NF, $9, sum
        else numbers++
        if ($1 ~ /-shares$/) whole[$1 "@" $5] += $9
    }
    END {
        for (i in whole) if (whole[i] < 99.999999 || whole[i] > 100.000001) print i, whole[i]
        print (numbers >= 900 ? "numbers of runs recomputed" : numbers)
    }
' run.csv one/[0-9]*.csv
