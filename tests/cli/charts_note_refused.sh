# A character that the font lacks fails the pack, is named, and the last pack stays as it was.
sed 's/Models released/Models \xf0\x9f\xa6\x84 released/' "$MEMCYCLE_HOME/scenarios/packs/weekly.yaml" >weekly.yaml
mkdir out && echo kept >out/keep
memcycle charts weekly.yaml --format svg,pdf -o out 2>errors
code=$?
ls
cat out/keep
tail -1 errors >&2
exit $code
