#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Links of Markdown files, and files they name with their folder (`docs/facts.md`), are there.
set -eu
cd "$1"
found=$2/doc_links.txt
prose() { awk '/^```/ { code = !code; next } !code && !/^    /' "$1"; }
git ls-files '*.md' 2>/dev/null | while read -r file; do
    prose "$file" | sed 's/`[^`]*`//g' | { grep -o '](\([^() ]*\))' || true; } |
        sed 's/^](//; s/)$//; s/#.*//' | while read -r target; do
        case $target in '' | http*) continue ;; esac
        [ -e "$(dirname "$file")/$target" ] || echo "$file: the link '$target' leads nowhere"
    done
    prose "$file" | grep -o '`[^` ]*`' | tr -d '`' | # what begins like a folder of the tree and is no pattern
        { grep '^\(docs\|model\|plots\|scenarios\|src\|tests\|cmake\)/[^*<>{}…]*$' || true; } |
        while read -r target; do
        [ -e "$target" ] || echo "$file: no file '$target'"
    done
done >"$found"
[ ! -s "$found" ] || { cat "$found"; exit 1; }
