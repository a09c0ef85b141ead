# Words of a pack file are drawn as they stand, in every format, and nothing of them is run.
cat > hostile.yaml <<'END'
pack: hostile
title: {zh: "`touch a` 包", en: "`touch a` pack $(touch b)"}
preface: {zh: "'引' \"号\" $(touch b)", en: "it's \"quoted\" `touch a`"}
sections:
  - title: {zh: "$(touch b)", en: "$(touch b) & <b>"}
    texts: [{id: key, data: key-figures micron}]
    tables: [{id: quarters, title: {zh: "`touch a`；表", en: "'; touch a; | table"}, data: quarters micron}]
    figures:
      - id: revenue
        kind: columns
        title: {zh: "收入（百万美元，GAAP）'`touch a`'\nset output '|touch b'", en: "Revenue (USD m, GAAP) '`touch a`'\nset output '|touch b' \"$(touch b)\" x_2^3 @ 5%d \\ \\n"}
        periods: micron
        from: FQ1-25
        notes: [{zh: "注 `touch a` 100%%s", en: "note `touch a` 100%%s"}]
        series:
          - {data: fact micron total revenue gaap, name: {zh: "收'入`touch a`", en: "Rev'enue `touch a`"}}
END
memcycle charts hostile.yaml -o out || exit 9
ls -d a b out/a out/b 2>/dev/null
memcycle lint out
grep -c 'touch a' out/01-revenue.en.svg | awk '{ print ($1 > 0 ? "drawn" : "lost") }'
grep -o '<h2>[^/]*' out/hostile.en.html
