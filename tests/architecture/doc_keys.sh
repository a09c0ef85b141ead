#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every key that scenario, sweep and pack files may have, and every table of packs, stands in the documents.
set -eu
cd "$1"
missing=$2/doc_keys.txt
{
    grep -oh '{"[a-z_]*", MCY_YAML' src/app/scenario/src/*.c | sed 's/{"//; s/".*//'
    sed -n 's/^PACK_[A-Z]*("\([a-z-]*\)".*/\1/p' src/app/cli/src/packs/pack_data.def
} | sort -u >"$2/doc_keys_known.txt"
[ "$(wc -l <"$2/doc_keys_known.txt")" -ge 80 ] || { echo "the tables of keys are not where they were"; exit 1; }
while read -r key; do
    grep -qw -e "$key" docs/scenarios.md docs/sweeps.md docs/packs.md || echo "no document says what '$key' is"
done <"$2/doc_keys_known.txt" >"$missing"
[ ! -s "$missing" ] || { cat "$missing"; exit 1; }
