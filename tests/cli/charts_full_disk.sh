# A disk that is full (here: a limit on the size of files) ends with 4 and leaves the last pack.
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
EOF
memcycle charts small.yaml --format svg -o out 2>/dev/null || exit 9
cat out/* | cksum > before
trap '' XFSZ
(ulimit -f 30; memcycle charts small.yaml --format svg,pdf -o out)
code=$?
cat out/* | cksum | cmp - before && ls
exit $code
