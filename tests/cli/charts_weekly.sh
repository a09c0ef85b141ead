# The weekly note: the numbers of its sentences are those of its tables and figures, by their ids.
set -e
memcycle charts "$MEMCYCLE_HOME/scenarios/packs/weekly.yaml" --format svg -o out
# numbers of the tables as printed, and of the figures in full
grep -ho 'data-id="[^"]*">[^<]*<' out/weekly.en.html |
    sed 's/^data-id="//; s/">/\t/; s/<$//; s/[,%*+]//g; s/(\(.*\))/-\1/; s/$/\ttable/' >there.txt
awk -F, 'FNR > 1 && $NF != "" && $9 != "" { print $NF "\t" $9 "\tfigure" }' out/0*.csv >>there.txt
for l in zh en; do
    grep -o '<b data-number="[^<]*<' out/weekly.$l.html |
        sed 's/<b data-number="//; s/">/\t/; s/<$//; s/[,%]//g' >said.$l
    # in sentences money is in units of 100 m (zh) or 1 bn (en), in tables in USD m or bn, in figures in bn
    awk -F'\t' -v lang=$l '
        FILENAME == "there.txt" { if (!(($1, $3) in there)) there[$1, $3] = $2; next }
        { unit = $1 ~ /\.(revenue|fcf|net_capex)[.@]/ && $1 !~ /^growth|over-|less-/ ? (lang == "zh" ? 100 : 1000) : 1
          off = ($2 ~ /\.[0-9][0-9]$/ ? 0.00501 : 0.0501) * unit
          for (k = 1; k <= 2; k++) {
              kind = k == 1 ? "table" : "figure"
              if (!(($1, kind) in there)) continue
              want = there[$1, kind]
              bn = unit > 1 && (kind == "figure" || $1 ~ /^run/) # both print billions
              more = kind == "table" ? 0.051 * (bn ? 1000 : 1) : 0
              d = $2 * unit - want * (bn ? 1000 : 1); if (d < 0) d = -d
              if (d > off + more) print lang, $1, $2, "against", want, "in a", kind
              else good[kind]++ } }
        END { print lang, good["table"], "numbers of tables agree,", good["figure"], "of figures" }' there.txt said.$l
done
sed -n '/一周/,/戴尔/p' out/weekly.zh.md | tail -1
cut -f1,2 out/table-micron-quarters.zh.tsv | sed -n '2p;6p'
grep -c '<svg' out/weekly.zh.html
memcycle lint --client out # pages with tables and sentences; nothing that may not leave the house
