# The note as PDF: the sentences of the Markdown, the numbers of the tables, a place for every id.
set -e
memcycle charts weekly --format svg,pdf -o out >/dev/null 2>&1
for lang in zh en; do
    # a paragraph may go over a page: without the page's number, head and day
    title=$(sed -n '1s/^# //p' out/weekly.$lang.md | tr -d ' ')
    pdftotext out/weekly.$lang.pdf - | tr '\n\f' '~' | tr -d ' ' |
        sed -E "s#~+[0-9]+/[0-9]+~+$title~+(数据截至|Asof)[-0-9]{10}##g" | tr -d '~' >text
    grep -v -e '^[#|!*]' -e '^$' out/weekly.$lang.md | tr -d ' ' | while read -r sentence; do
        grep -qF -e "$sentence" text || echo "$lang: not in the PDF: $sentence"
    done
    cat out/table-*.$lang.tsv | tr '\t' '\n' | grep '^[-+(]*[0-9.,]*[0-9][%)]*$' | sort -u | while read -r number; do
        grep -qF -e "$number" text || echo "$lang: not in the PDF: $number"
    done
    # A4, 20 mm at the right: no glyph is wider than its font has it
    pdftotext -bbox out/weekly.$lang.pdf - | awk -F'"' '/<word/ && $6 > 540 { print "beyond the margin: " $0 }'
    pdfinfo -dests out/weekly.$lang.pdf | grep -o 'weekly/[a-z-]*' | sort >places.$lang
    TZ=UTC pdfinfo out/weekly.$lang.pdf | grep -e 'Page size' -e CreationDate
done
ls out | sed -n -e 's/^\(table-.*\)\.csv$/weekly\/\1/p' -e 's/^[0-9]*-\(.*\)\.csv$/weekly\/\1/p' | sort >made
cmp places.zh made && cmp places.en made && awk 'END { print (NR >= 9 ? "every id has its place" : NR) }' made
for id in $(grep -e micron-revenue -e micron-guidance places.zh); do
    memcycle trace --pack out "$id" | head -1 | cut -d' ' -f1
done
ls out | grep -c -e 'weekly\..*\.gp' || true
memcycle charts weekly --format svg -o out >/dev/null 2>&1
ls out | grep -c pdf || true
