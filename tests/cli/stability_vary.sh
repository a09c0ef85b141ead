# The same as the scenario edited, one value after the other.
memcycle stability base --set hold.dram=70% --vary price_anchor.dram=0.04:0.18 > varied.txt
for value in 0.04 0.18; do
    memcycle stability base --set hold.dram=70% --set price_anchor.dram=$value | tail -n +2 > edited.txt
    sed -n "/with price_anchor.dram=$value:/,/^\$/p" varied.txt | tail -n +2 | sed '/^$/d' | cmp - edited.txt &&
        echo "$value: the same, $(wc -l < edited.txt) lines"
done
grep -c ': what is left of' varied.txt
