# SPDX-License-Identifier: GPL-3.0-or-later
# Which floors a floor may use, and which floors may see an outside header.
function floor_of(path,   parts) { split(path, parts, "/"); return parts[2] "/" parts[3] }
function allow(floor, list,   n, names, i) {
    n = split(list, names, " ")
    for (i = 1; i <= n; i++) may[floor, names[i]] = 1
    may[floor, floor] = 1
}
BEGIN {
    engine = "engine/core engine/equations engine/fit engine/analysis"
    lower = engine " app/files"
    allow("engine/core", ""); allow("engine/equations", "engine/core"); allow("engine/fit", "engine/core")
    allow("engine/analysis", "engine/core engine/equations engine/fit")
    allow("app/files", engine)
    allow("app/dataset", lower); allow("app/scenario", lower);
    allow("app/base", lower " app/dataset app/scenario")
    below = lower " app/dataset app/scenario app/base"
    allow("app/store", below); allow("app/report", below)
    allow("app/typeset", below " app/report"); allow("app/chart", below " app/report app/typeset")
    allow("app/cli", below " app/store app/report app/typeset app/chart")

    only["gsl/"] = only["cblas.h"] = only["lapacke.h"] = "engine/core engine/fit engine/analysis"
    only["csv.h"] = "app/files"; only["libfyaml.h"] = "app/scenario"; only["sqlite3.h"] = "app/store"
    only["pango/"] = only["cairo"] = only["glib"] = only["poppler"] = "app/typeset"
    # Who owns each public header, from the list of files itself.
    for (i = 1; i < ARGC; i++)
        if (ARGV[i] ~ /include\/mcy\//) { name = ARGV[i]; sub(/.*include\//, "", name); owner[name] = floor_of(ARGV[i]) }
}
/^[ \t]*#[ \t]*include/ {
    header = $0; sub(/^[^"<]*["<]/, "", header); sub(/[">].*/, "", header)
    floor = floor_of(FILENAME)
    if (header in owner && !((floor, owner[header]) in may)) {
        printf "%s:%d: %s includes %s of %s\n", FILENAME, FNR, floor, header, owner[header]; bad = 1
    }
    if (header ~ /^mcy\// && !(header in owner)) {
        printf "%s:%d: %s is nobody's header\n", FILENAME, FNR, header; bad = 1
    }
    for (prefix in only)
        if (index(header, prefix) == 1 && index(" " only[prefix] " ", " " floor " ") == 0) {
            printf "%s:%d: %s may not see %s\n", FILENAME, FNR, floor, header; bad = 1
        }
    seen++
}
END { if (!seen) { print "no include was read"; bad = 1 } exit bad }
