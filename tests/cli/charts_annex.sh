# Another note's claims go beside the pack, never into it; lint finds them where they do not belong.
set -e
claims=$MEMCYCLE_HOME/scenarios/history/note-claims-2026-03-20.csv
memcycle charts weekly --format svg -o out/weekly --annex "$claims" 2>/dev/null
ls out out/weekly-internal
# as `check --claims` has them: the verdicts one by one, and the counts in the page
memcycle check --claims "$claims" >told.txt 2>/dev/null || test $? -eq 1
awk '/^N[0-9]/ { v = $2; if (v == "not") v = "not checkable"; print $1 "," v }' told.txt >want.txt
awk -F'\t' 'NR > 1 { print $1 "," $8 }' out/weekly-internal/internal-claims.en.tsv | diff - want.txt &&
    wc -l <want.txt
tail -1 told.txt
sed -n 's/^\([0-9]* claims: .*checkable\);.*/\1/p' out/weekly-internal/internal.en.md
sed -n 's/^\(共 .*。\)$/\1/p' out/weekly-internal/internal.zh.md
# nothing of it in the pack: not its words, its verdicts, its file
memcycle lint --client out/weekly
cut -d, -f6 "$claims" | tail -n +2 | while read -r words; do grep -rlF -- "$words" out/weekly || true; done
# inside a pack it is found, and so is a folder that is one
lint() { memcycle lint --client "$1" >found.txt 2>&1 || echo "exit $?"; }
cp -r out/weekly sent && cp -r out/weekly-internal sent/note-internal
lint sent && grep -c 'private' found.txt
cp out/weekly-internal/internal.en.md sent/weekly.en.md && lint sent && grep "holds" found.txt
lint out/weekly-internal && cat found.txt
# a bad file of claims leaves both as they were
cp -r out before
sed '2s/23900/many/' "$claims" >bad.csv
memcycle charts weekly --format svg -o out/weekly --annex bad.csv >/dev/null 2>err.txt || echo "exit $?"
grep -c "bad.csv:2" err.txt
diff -r before out && echo 'as it was'
# the same bytes again
memcycle charts weekly --format svg -o out/weekly --annex "$claims" >/dev/null 2>&1
diff -r before out && echo 'the same bytes'
