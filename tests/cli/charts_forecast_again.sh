# The command that the trace of a forecast names gives the figure's numbers again.
set -e
memcycle charts quarterly --lang en --format svg -o out >/dev/null 2>&1
line=$(grep -o 'memcycle forecast [^",]*' out/trace.csv | sort -u)
echo "$line" | sed 's/--as-of [-0-9]*/--as-of DAY/'
$line 2>/dev/null >said.txt
awk -F, '$2 == "p5-95" && $5 ~ /FQ3-26/ { printf "%.1f %.1f\n", $10, $11 }' out/*-micron-margin-fan.csv >drawn.txt
awk '/gross margin, %/ { print $4, $10; exit }' said.txt >again.txt
cmp drawn.txt again.txt && echo 'the same'
