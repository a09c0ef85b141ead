#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Nothing under src/engine opens, reads, prints, spawns, or asks the clock or the environment:
# what its libraries leave undefined must not be among these. Planting one of them must be found.
set -eu
build=$2
forbidden='fopen fdopen freopen fclose fread fwrite fputs fputc puts putchar printf fprintf vprintf
vfprintf perror scanf fscanf getline open openat read write close pipe fork vfork execve execvp
posix_spawn posix_spawnp system popen pclose getenv secure_getenv setenv time gettimeofday
clock_gettime clock localtime gmtime strftime rand srand random strtod strtof atof setlocale
stdout stderr stdin exit abort_handler socket connect mkdir unlink rename stat'
pattern=$(printf '%s\n' $forbidden | sed 's/.*/^(__)?&(_chk)?(@.*)?$/' | paste -sd'|')

undefined_symbols() { nm -u "$1" | awk 'NF >= 2 { print $2 }' | sort -u; }

bad=0
found=0
for library in "$build"/src/engine/*/libmcy_*.a; do
    found=$((found + 1))
    hits=$(undefined_symbols "$library" 2>/dev/null | grep -E "$pattern" || true)
    if [ -n "$hits" ]; then
        echo "$(basename "$library") touches the world: $(echo $hits)"
        bad=1
    fi
done
[ $found -ge 1 ] || { echo "no engine library found under $build"; exit 1; }

# The test can fail: a planted printf is seen.
plant=$(mktemp -d)
trap 'rm -rf "$plant"' EXIT
printf '#include <stdio.h>\nint f(int x);\nint f(int x) { return printf("%%d\\n", x); }\n' >"$plant/p.c"
cc -c -o "$plant/p.o" "$plant/p.c"
undefined_symbols "$plant/p.o" | grep -qE "$pattern" || { echo "a planted printf was not found"; exit 1; }
exit $bad
