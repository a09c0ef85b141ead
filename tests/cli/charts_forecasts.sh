# the backtest of the forecasts as figures: 22 outcomes fall somewhere
set -e
memcycle charts "$MEMCYCLE_HOME/scenarios/packs/forecasts.yaml" --format svg --lang en -o pack >/dev/null
ls pack | grep -c '\.svg$'
cat > guided.yaml <<'END'
pack: guided
title: x
sections:
  - title: y
    figures:
      - id: margin
        kind: lines
        title: Gross margin (%, non-GAAP)
        periods: micron
        from: last
        to: next
        left: {unit: "%"}
        series:
          - {data: guidance micron gross_margin, name: Guidance, mark: point, gaps: yes}
      - id: fan
        kind: fan
        title: Gross margin (%, non-GAAP)
        data: forecast micron margin 1
        periods: micron
        from: last-3
        to: next
        left: {unit: "%"}
END
memcycle charts guided.yaml --as-of 2026-06-01 --format svg --lang en -o guided >/dev/null
# no range was printed for FQ3-26: no range is drawn, and the number has one id
for figure in 01-margin 02-fan; do
    awk -F, '$14 == "guidance.micron.gross_margin@FQ3-26" { print $9, $10, $11, $14 }' guided/$figure.csv
done
awk -F, '$2 ~ /count$/ { sum += $9 } END { print sum }' pack/03-backtest-pit-revenue.csv
