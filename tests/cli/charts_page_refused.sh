# What the tables and sentences of the scenario page and of the week refuse, each with the pack's line.
mkdir home && cp -r "$MEMCYCLE_HOME/scenarios" home/ && ln -s "$MEMCYCLE_HOME/model" home/model &&
    ln -s "$MEMCYCLE_HOME/plots" home/plots || exit
MEMCYCLE_HOME=$PWD/home
export MEMCYCLE_HOME
pack() { # pack KIND DATA: a table or a text of these data
    cat <<PACK
pack: page
title: {zh: 页, en: Page}
style: cn-broker
sections:
  - title: {zh: 页, en: Page}
    $1s:
      - {id: it, title: {zh: 页, en: Page}, data: $2}
    figures:
      - id: revenue
        kind: columns
        title: {zh: 美光季度收入（十亿美元）, en: Micron quarterly revenue (USD bn)}
        periods: micron
        from: FQ1-25
        to: last
        series:
          - {data: fact micron total revenue gaap, name: {zh: 收入（GAAP）, en: Revenue (GAAP)}, colour: micron, mark: bar, scale: 0.001}
PACK
}
try() {
    if [ "$1" = text ]; then pack text "$2" | sed 's/, title: {zh: 页, en: Page}, data/, data/' >pack.yaml; else pack table "$2" >pack.yaml; fi
    memcycle charts pack.yaml --format svg -o out >/dev/null 2>err.txt && echo "drawn: $2" && return
    last=$(cat home/scenarios/packs/names.csv 2>/dev/null | wc -l) # rows that a try adds stand there
    sed "s#^memcycle charts: ##; s#$PWD/##g; s#names.csv:$last:#names.csv:LAST:#" err.txt | tail -1
}
try table 'sensitivities base'
try table 'sensitivities base hynix'
try table 'scenario-outcomes micron'
try table 'scenario-outcomes hynix base'
try table 'scenario-limits'
try table 'scenario-limits nowhere' | cut -c1-44
try text 'effects micron base'
try text 'effects micron'
try text 'effects hynix base bull'
try table 'market-week'
try table 'market-week ../packs/weekly.yaml'
sed -i '3s/3.99/much/' home/scenarios/history/market-week-2026-03-20.csv
try table 'market-week market-week-2026-03-20.csv'
cp "$MEMCYCLE_HOME/scenarios/packs/names.csv" names.csv
{ cat names.csv; echo '戴尔,戴尔,Dell'; } >home/scenarios/packs/names.csv
try text 'effects micron base bull'
{ cat names.csv; echo ',空,empty'; } >home/scenarios/packs/names.csv
try text 'effects micron base bull'
rm home/scenarios/packs/names.csv
try text 'effects micron base bull'
true
