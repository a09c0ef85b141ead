#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# No function over 60 lines without a comment right above it that says why ("long because ...").
set -eu
cd "$1"
exec awk '
    FNR == 1 { inside = 0; last_comment = ""; }
    /^\/\*|^ \*/ { last_comment = last_comment $0 }
    !inside && /^\{/ { inside = 1; start = FNR; why = last_comment }
    inside && /^\}/ {
        if (FNR - start - 1 > 60 && tolower(why) !~ /long because/) {
            printf "%s:%d: a function of %d lines without a reason\n", FILENAME, start, FNR - start - 1; bad = 1
        }
        inside = 0; last_comment = ""
    }
    !inside && /^$/ { last_comment = "" }
    END { exit bad }' $(git ls-files 'src/*.c' 2>/dev/null || find src -name '*.c')
