# Slips of an ordinary day: each is answered by a sentence that says what to do next.
try() {
    memcycle "$@" >out 2>err </dev/null
    echo "$1 $?: $(sed "s|$MEMCYCLE_HOME|HOME|g; s/^memcycle $1: //" err)"
    [ ! -s out ] || echo "  and printed something"
}
try trace quarterly/micron-revenue
try trace x --pack mine
try lint pack
try run base.yaml
try sweep tornado.yaml
try charts quarterly.yaml
try run tornado
try sweep weekly
try charts bull
try charts decomposition --as-of 2018-01-01
try run base --as-of 2026-03-20
try run base --base-quarter 4Q25
try run base --vary price_anchor.dram=0.04..0.18
try describe capex.micron@2026Q2
try bridge micron FQ1-26 FQ3-26
try bridge micron --fit mine
try score
try check --accepted mine.csv
try guidance mu
try forecast Micron
try what micron
try what xyz
try what revenue.micron --as-of 2000-01-01
try what 'revenue.micron@Q2 2026'
try what revenue.micron@2026
try run base --home .
