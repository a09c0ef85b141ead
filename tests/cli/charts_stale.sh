# Micron prints every 91 days: 136 days after a print the next one is overdue, and not before.
cat > small.yaml <<'EOF'
pack: small
title: {zh: 小, en: Small}
sections:
  - title: {zh: 美光, en: Micron}
    figures:
      - id: revenue
        kind: columns
        title: {zh: 收入（百万美元，GAAP）, en: "Revenue (USD m, GAAP)"}
        periods: micron
        from: FQ1-24
        series:
          - {data: fact micron total revenue gaap, name: {zh: 收入, en: Revenue}}
      - id: past
        kind: columns
        title: {zh: 当年收入（百万美元，IFRS）, en: "Revenue of then (USD m, IFRS)"}
        from: 1Q24
        to: 4Q24
        series:
          - {data: fact samsung memory revenue ifrs, name: {zh: 收入, en: Revenue}}
EOF
for day in 2026-08-01 2026-08-02; do # 136 and 137 days after 2026-03-18
    memcycle charts small.yaml --as-of $day --format svg -o $day
    code=$?
    echo "$code: $(cat $day/01*.svg | grep -c 'Stale: newest row of 2026-03-18\|数据已过期：按季更新的数据，最新一行为 2026-03-18')"
    grep -l 'Stale' $day/02*.svg # a figure of the past is not stale
    memcycle lint $day
done
exit $code
