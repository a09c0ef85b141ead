# The quarterly pack from facts, fits and scenario runs; two runs give the same bytes.
set -e
pack=$MEMCYCLE_HOME/scenarios/packs/quarterly.yaml
memcycle charts "$pack" --format svg --lang en -o one
ls one | grep -c '\.svg$'
memcycle charts "$pack" --format svg --lang en -o two >/dev/null
diff -r one two && echo same
grep -c ',run,' one/trace.csv | awk '{ print ($1 >= 10 ? "runs traced" : $1) }'
