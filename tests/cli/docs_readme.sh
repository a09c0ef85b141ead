# Every command of the README's table runs as it stands there; the note has claims that are contradicted.
ln -s "$MEMCYCLE_HOME/scenarios" scenarios
sed -n '/^## An hour with it/,/^## What stands/p' "$MEMCYCLE_HOME/README.md" | grep -o '`memcycle [^`]*`' |
    tr -d '`' | grep -v -e ' charts ' -e ' trace ' -e ' lint ' >commands # other tests draw packs
[ "$(wc -l <commands)" -ge 10 ] || echo "the table is not where it was"
while read -r command; do
    eval "$command" >out 2>err </dev/null
    code=$?
    [ $code = 0 ] && [ -s out ] || echo "$code: $command"
done <commands
