# The weekly note: the numbers of its sentences are those of its figures, by their ids.
set -e
memcycle charts "$MEMCYCLE_HOME/scenarios/packs/weekly.yaml" --format svg -o out
for id in micron.total.revenue.gaap@FQ2-26 growth.qoq.micron.total.revenue.gaap@FQ2-26 \
    growth.yoy.micron.total.revenue.gaap@FQ2-26 micron.total.gross_margin.non_gaap@FQ2-26 \
    guidance.micron.gross_margin@FQ3-26; do
    said=$(sed -n "s/.*<b data-number=\"$id\">\([^<]*\)<.*/\1/p" out/weekly.en.html | head -1)
    drawn=$(grep -h ",$id\$" out/0*.csv | head -1 | cut -d, -f9)
    awk -v id="$id" -v said="$said" -v drawn="$drawn" \
        'BEGIN { gsub(/[+%a-z A-Z()-]/, "", said); d = said - drawn; if (d < 0) d = -d
                 print id, (said != "" && d < 0.0501 ? "agrees" : said " against " drawn) }'
done
sed -n '/一周/,/戴尔/p' out/weekly.zh.md | tail -1
cut -f1,2 out/table-micron-quarters.zh.tsv | sed -n '2p;6p'
grep -c '<svg' out/weekly.zh.html
