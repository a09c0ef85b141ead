# The activity chart from a file of the user; a bad row is refused with its line; stale data.
printf 'date,application,visits\n2026-03-13,A,1500000\n2026-03-06,B,700000\n2026-03-06,A,1250000\n2026-03-13,B,710000\n' > visits.csv
pack=$MEMCYCLE_HOME/scenarios/packs/weekly.yaml
memcycle charts "$pack" --activity visits.csv --format svg -o out || exit 9
cut -d, -f2,5,9 out/01-app-activity.csv
grep -c 'data supplied by the user' out/01-app-activity.en.svg
printf '2026-03-20,A,12x\n' >> visits.csv
memcycle charts "$pack" --activity visits.csv --format svg -o out && exit 8
memcycle charts "$MEMCYCLE_HOME/scenarios/packs/decomposition.yaml" --as-of 2027-03-01 --format svg -o old
code=$?
grep -l 'Stale: newest row' old/*.svg | head -1
exit $code
