# What a figure of a sweep or of a backtest cannot be made of is refused in a sentence.
try() {
    cat > bad.yaml <<END
pack: bad
title: x
sections:
  - title: y
    figures:
      - id: f
        kind: lines
        title: t
        from: 2Q26
        to: 4Q26
$2
END
    memcycle charts bad.yaml -o "pack-$1" 2>&1 | grep -v 'runs:'
}
try 1 '        series: [{data: sweep fan gross_margin.micron 95-5 256, name: r}]'
try 2 '        series: [{data: sweep fan gross_margin.micron 50 10, name: r}]'
try 3 '        series: [{data: sweep fan revenue.micron 50 256, name: r}]'
try 4 '        series: [{data: sweep fun gross_margin.micron 50 256, name: r}]'
try 5 '        data: backtest-fan micron revenue FY2024'
try 6 '        data: backtest-fan micron revenue Q9'
try 7 '        data: backtest-fan micron'
