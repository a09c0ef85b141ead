# Names of the data in both languages; a Chinese name without a translation is refused with its line.
mkdir home && cp -r "$MEMCYCLE_HOME/scenarios" home/ && ln -s "$MEMCYCLE_HOME/model" home/model &&
    ln -s "$MEMCYCLE_HOME/plots" home/plots || exit
MEMCYCLE_HOME=$PWD/home
export MEMCYCLE_HOME
memcycle charts home/scenarios/packs/weekly.yaml --format svg -o out 2>/dev/null || exit
# nothing Chinese is left in the English page but the words the facts themselves are written in
LC_ALL=C grep -c "$(printf '[\343-\351][\200-\277]')" out/weekly.en.md
sed -n 's/^| *Dell *|.*| *\(.*[a-z]\) *|$/\1/p' out/weekly.en.md
sed -n 's/^| *戴尔 *|.*| *\([^ ]*\) *|$/\1/p' out/weekly.zh.md
# no file of visits: the section goes with its figure
expr "$(grep -c '^  - title:' home/scenarios/packs/weekly.yaml)" - "$(grep -c '^## ' out/weekly.zh.md)"
grep '应用活跃度' out/weekly.zh.md
grep -v '^戴尔,' "$MEMCYCLE_HOME/scenarios/packs/names.csv" >names.csv
cp names.csv home/scenarios/packs/names.csv
memcycle charts home/scenarios/packs/weekly.yaml --format svg -o out
