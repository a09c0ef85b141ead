# Every option of --help stands in the command's manual page with its letter, and the page's synopsis
# and list have none that --help lacks; every command has a page.
memcycle --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p' | while read -r command; do
    page=$MEMCYCLE_HOME/docs/man/memcycle-$command.1
    [ -f "$page" ] || { echo "$command has no page"; continue; }
    # plain text: \- is -, fonts are dropped
    sed 's/\\-/-/g; s/\\f[BIR]//g; s/"//g; /SEE ALSO/q' "$page" >page
    # "--output o", a line an option
    memcycle "$command" --help | sed -n '/^options:/,/^examples:/p' |
        sed -n 's/^  -\(.\), --\([a-z-]*\).*/--\2 \1/p; s/^      --\([a-z-]*\).*/--\1 /p' |
        grep -v '^--help ' >known
    grep -v '^--home ' known | while read -r option letter; do
        grep -q -e "$option\([^a-z-]\|$\)" page || echo "$command: the page lacks $option"
        [ -z "$letter" ] || grep -q -e "\(^\|[^a-z-]\)-$letter\([^a-z]\|$\)" page ||
            echo "$command: the page lacks -$letter of $option"
    done
    # the synopsis, and what stands after each .TP
    awk '/^\.SH/ { synopsis = /SYNOPSIS/ } synopsis || after; { after = /^\.TP/ }' page |
        grep -o -e '--[a-z][a-z-]*' | sort -u | while read -r option; do
        grep -q -e "^$option " known || echo "$command: the page alone has $option"
    done
done
