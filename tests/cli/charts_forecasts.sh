# the backtest of the forecasts as figures: 22 outcomes fall somewhere
set -e
memcycle charts "$MEMCYCLE_HOME/scenarios/packs/forecasts.yaml" --format svg --lang en -o pack >/dev/null
ls pack | grep -c '\.svg$'
awk -F, '$2 ~ /count$/ { sum += $9 } END { print sum }' pack/03-backtest-pit-revenue.csv
