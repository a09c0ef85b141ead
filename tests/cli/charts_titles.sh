# Titles by the style of each language: a topic in Chinese, a message with the figure's own numbers
# in English; a message without its number gives way to the topic; an unknown place is refused.
cat > style.yaml <<'END'
pack: style
title: x
style: {zh: cn-broker, en: en-broker}
sections:
  - title: y
    figures:
      - id: f
        kind: columns
        title: {zh: 收入（十亿美元）, en: Revenue (USD bn)}
        message: {zh: 收入, en: "{last 1} in {when last 1}, highest {high 1}, from {+first 1} in {from}"}
        periods: micron
        from: FQ1-25
        left: {decimals: 1}
        series:
          - {data: fact micron total revenue gaap, name: r, scale: 0.001}
      - id: g
        kind: columns
        title: {zh: 收入（十亿美元）, en: "Revenue, {from} to {to} (USD bn)"}
        message: {zh: 收入, en: "reached in {when reach 1}"}
        periods: micron
        from: FQ1-25
        left: {reach: 100}
        series:
          - {data: fact micron total revenue gaap, name: r, scale: 0.001}
      - id: h
        kind: waterfall
        title: {zh: 毛利率桥（百分点，non-GAAP）, en: "Gross margin bridge (points, non-GAAP)"}
        message: {zh: 毛利率, en: "{when top 1} {+top 1}"}
        data: margin-bridge micron
        left: {decimals: 1, unit: "%"}
END
memcycle charts style.yaml --as-of 2026-03-20 --format svg -o pack || exit
cut -d, -f5,9 pack/01-f.csv | sed -n '2p;$p'
grep -ho '>[^<>]*\(Exhibit\|图表\)[^<>]*<' pack/0*.svg
awk -F, '$12 == "inferred" && $9 * $9 > top * top { top = $9; of = $7 }
    END { printf "Exhibit 3: %s %+.1fpp\n", of, top }' pack/03-h.csv | # the same from the CSV
    grep -qFf - pack/03-h.en.svg && echo the largest step in points
grep -o '"style_.*' pack/manifest.json
sed 's/when reach 1/lost 1/' style.yaml > bad.yaml
memcycle charts bad.yaml --as-of 2026-03-20 --format svg -o pack
