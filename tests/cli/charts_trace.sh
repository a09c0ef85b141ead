# Every number of every figure, table and sentence leads back: to its own row, to the numbers it was
# worked out from, or to what its whole series rests on.
set -e
memcycle charts quarterly --format svg --lang en -o pack >/dev/null 2>&1
awk -F, '
    FNR == 1 { next }
    FILENAME ~ /trace.csv$/ { known[$1 "," $2] = 1; next }
    $NF != "" && ($(NF - 5) != "" || $(NF - 4) != "") {
        id = $NF; gsub(/"/, "", id)
        numbers++
        found = ("quarterly/" $1 "," id) in known
        for (i = 1; i <= length(id) && !found; i++) # the series: what stands before an @
            if (substr(id, i, 1) == "@")
                found = ("quarterly/" $1 "," substr(id, 1, i - 1)) in known
        if (!found && missing++ < 10) print FILENAME ": " id
    }
    END { print (numbers > 1000 ? "many" : numbers) " numbers, " missing + 0 " without a trace" }
' pack/trace.csv pack/[0-9]*.csv
grep -o 'data-\(id\|number\)="[^"]*"' pack/quarterly.en.html | sed 's/.*="//; s/"$//' | sort -u >ids.txt
awk -F, '
    FILENAME ~ /trace.csv$/ { known[$2] = 1; next }
    { numbers++; series = $0; sub(/@.*/, "", series)
      if (!($0 in known) && !(series in known) && missing++ < 10) print $0 }
    END { print (numbers > 1500 ? "many" : numbers) " in tables and sentences, " missing + 0 " without a trace" }
' pack/trace.csv ids.txt
memcycle trace accounts.base.micron.revenue@FY2026 --pack pack | grep -v '^  ' | head -4
memcycle trace skhynix.dram.revenue.survey.krw@2025Q4 --pack pack | head -1
memcycle trace run.base.demand.dram@2026Q3 --pack pack | head -3
memcycle trace sweep.fan.gross_margin.micron.50.8192@FQ3-26 --pack pack | grep '(sweep \|^quarterly/run.base.*(run '
# A run leads on to its command, its scenario with the lines that set assumptions, the fit, and the
# facts of the base quarter with their sources.
memcycle trace run.bull.gross_margin.micron@2026Q4 --pack pack > bull
head -2 bull
grep -c '(scenario bull.yaml:[0-9]*:[0-9]*: ' bull
grep -A1 '(scenario bull.yaml.*capex.samsung@2027Q1' bull
grep '(fit price' bull
grep -A1 'micron.csv:829,' bull
grep -c '(base ' bull | awk '{ print ($1 > 50 ? "many" : $1) " values of the base quarter" }'
memcycle trace micron.total.revenue.gaap@FQ2-26 --pack pack | head -1
memcycle trace quarterly/dram-ﬁll --pack pack | head -1 | cut -d' ' -f1 # as copied from the PDF
