#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run_cli_test.sh PROGRAM TEST HOME: runs TEST.sh in a scratch folder and compares what it printed.
set -u
program=$1 test=$2 home=$3
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/work"
ln -s "$program" "$scratch/bin/memcycle"
PATH=$scratch/bin:$PATH MEMCYCLE_HOME=$home LC_ALL=C.UTF-8 NO_COLOR=1
export PATH MEMCYCLE_HOME LC_ALL NO_COLOR
(cd "$scratch/work" && sh "$test.sh" >"$scratch/stdout" 2>"$scratch/stderr" </dev/null)
code=$?
want=0
[ -f "$test.exit" ] && want=$(cat "$test.exit")
bad=0
if [ "$code" != "$want" ]; then
    echo "exit code $code, want $want"
    bad=1
fi
for stream in stdout stderr; do
    if [ -f "$test.$stream.exact" ] && ! diff -u "$test.$stream.exact" "$scratch/$stream"; then
        echo "$stream differs"
        bad=1
    fi
    # Each line of the glob file must match one line of the stream, in order.
    if [ -f "$test.$stream.glob" ] && ! awk -v patterns="$test.$stream.glob" '
        function to_regex(glob) {
            gsub(/[][\\.^$+(){}|]/, "\\\\&", glob); gsub(/\*/, ".*", glob); gsub(/\?/, ".", glob)
            return "^" glob "$"
        }
        BEGIN { while ((getline line < patterns) > 0) want[++n] = line; at = 1 }
        at <= n && $0 ~ to_regex(want[at]) { at++ }
        END { if (at <= n) { print "no line matches: " want[at]; exit 1 } }' "$scratch/$stream"
    then
        echo "$stream does not match; it is:"
        head -c 4000 "$scratch/$stream"
        bad=1
    fi
done
[ $bad = 0 ] || { echo "stderr:"; head -c 2000 "$scratch/stderr"; }
exit $bad
