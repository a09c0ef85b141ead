# The day before Micron's print of FQ2-26 and the day after.
for day in 2026-03-17 2026-03-19; do
    memcycle charts "$MEMCYCLE_HOME/scenarios/packs/decomposition.yaml" --as-of $day --format svg \
        --lang en -o $day || exit
    tail -1 $day/01-micron-revenue.csv | cut -d, -f5
done
