# Tables of docs/decomposition.md and docs/margins.md hold what the program prints.
set -e
docs=$MEMCYCLE_HOME/docs
plain() { sed 's/\\\*/*/g; s/\*\*//g; s/−/-/g; s/ points//g; s/ %//g' "$docs/$1"; }
plain decomposition.md >decomposition.md
plain margins.md >margins.md
tr '\n' ' ' <decomposition.md >flat.md # sentences run over lines
holds() { # every line of stdin stands in the document
    while read -r line; do
        grep -qF -e "$line" "$1" && echo . || echo "$1 lacks: $line"
    done | sort | uniq -c | sed 's/^ *//'
}
memcycle fit -o fit >fit.txt 2>/dev/null
# Samsung, 1Q24 to 1Q26
awk -F, '
    function show(v) { v = sprintf("%.0f", v); return v == "-0" ? "0" : v }
    $2 == "samsung" && $1 >= "2024Q1" && $1 <= "2026Q1" && ($4 == "bit_qoq_pct" || $4 == "asp_qoq_pct") {
        cell[$1, $3, $4] = ($5 < 0 ? "" : "+") show($5) " (" show($6) ".." show($7) ")" ($8 == "inferred" ? "*" : "")
        quarters[$1] = 1
    }
    END {
        for (q in quarters)
            print "| " substr(q, 6) "Q" substr(q, 3, 2) " | " cell[q, "dram", "bit_qoq_pct"] " | " \
                cell[q, "dram", "asp_qoq_pct"] " | " cell[q, "nand", "bit_qoq_pct"] " | " \
                cell[q, "nand", "asp_qoq_pct"] " |"
    }' fit/decomposition.csv | holds decomposition.md
# each statement predicted from all others
awk '
    /^(dram|nand):/ { product = toupper(substr($1, 1, 4)) }
    /^  (revenue|contract|bits and price) +[0-9]/ {
        name = $1 == "contract" ? "contract surveys" : $1 == "bits" ? "bits and price" : $1
        row = "| " product " " name " |"
        for (i = NF - 6; i <= NF; i++) row = row " " $i " |"
        print row
    }' fit.txt | holds decomposition.md
# the last print in dollars
memcycle bridge micron FQ1-26 FQ2-26 |
    awk '$1 == "dram" || $1 == "nand" { print "= bits " $3 ", market price " $4 ", own mix " $5 }' |
    holds flat.md
# what guidance implies
tr '\n' ' ' <margins.md >flat.md
memcycle guidance micron | awk '/^firm, weighted/ && ++seen == 2 {
    printf "price %+.0f [%.0f, %.0f], bits %+.0f [%.0f, %.0f]\n", $(NF - 5), $(NF - 4), $(NF - 3), \
        $(NF - 8), $(NF - 7), $(NF - 6) }' | holds flat.md
# how good the forecasts would have been
memcycle backtest --from FY2021 | awk '
    /^gross margin/ { margin = 1 }
    /^(model|guidance, historical error|random walk|momentum) / {
        name = $0; sub(/  .*/, "", name)
        cells = " " $(NF - 5) " | " sprintf("%.2f", $(NF - 4)) " | " $NF " |"
        if (margin) print "| " name " |" row[name] cells
        else row[name] = cells
    }' | holds margins.md
