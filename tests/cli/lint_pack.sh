# The first pack is clean, also for clients; a fault is found and named; trace leads back.
memcycle charts "$MEMCYCLE_HOME/scenarios/packs/decomposition.yaml" --format svg -o out || exit 9
memcycle lint --client out || exit 8
memcycle trace micron.total.revenue.gaap@FQ2-26 --pack out | head -1
sed -i 's/Source: /From /' out/01-micron-revenue.en.svg
memcycle lint out
