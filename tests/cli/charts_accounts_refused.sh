# Accounts of a firm whose lines are not known are refused, with the place and those that are.
cat >bad.yaml <<'END'
pack: bad
title: {zh: "坏", en: "Bad"}
sections:
  - title: {zh: "盈利", en: "Profit"}
    tables:
      - {id: t, title: {zh: "铠侠", en: "Kioxia"}, data: accounts base kioxia}
    figures:
      - id: one
        kind: columns
        title: {zh: "收入（百万美元）", en: "Revenue (USD m)"}
        periods: micron
        from: FQ1-25
        to: last
        series: [{data: fact micron total revenue gaap, name: {zh: "收入", en: "Revenue"}, colour: micron, mark: bar}]
END
memcycle charts bad.yaml --format svg -o out 2>&1 | sed 's/^/kioxia: /'
sed 's/accounts base kioxia/accounts micron/' bad.yaml >short.yaml
memcycle charts short.yaml --format svg -o out
