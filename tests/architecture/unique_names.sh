#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A file's name says which file it is: unique in the tree, but for these.
set -eu
cd "$1"
doubles=$(git ls-files 2>/dev/null | grep -v -e '^tests/fuzz/corpus/' -e '^tests/.*/wrong/' | sed 's|.*/||' |
    grep -v -x -e CMakeLists.txt -e README.md | sort | uniq -d)
[ -z "$doubles" ] || { echo "names used twice: $doubles"; exit 1; }
