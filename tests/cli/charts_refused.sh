# A pack that asks for what is not there is refused with the place and the closest name.
cat > bad.yaml <<'END'
pack: bad
title: x
sections:
  - title: y
    figures:
      - id: f
        kind: columns
        title: t
        from: 1Q24
        series:
          - {data: fcat micron total revenue gaap, name: r}
END
memcycle charts bad.yaml
