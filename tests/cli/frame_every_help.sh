# every command tells how it is used
memcycle --help | sed -n "s/^  \([a-z][a-z]*\) .*/\1/p" | while read -r command; do
    memcycle "$command" --help | grep -q "^usage: memcycle $command" || { echo "$command"; exit 1; }
done
