# The guidance table: published rows from the facts, what they imply by hand, and the models' part as
# `memcycle guidance` has it; a firm without guidance is refused.
set -e
. "$MEMCYCLE_HOME/tests/support/try_pack.sh"
try_pack "指引" "Guidance" <<'END'
      - {id: g, title: {zh: "美光：指引", en: "Micron: guidance"}, data: guidance micron}
END
memcycle charts try.yaml --format svg -o out >/dev/null 2>&1
memcycle guidance micron --json | tr -d '\n' | sed 's/.*"title": "what it implies//' >implied.txt
# check PERIOD ITEM COLUMN WANT, commas within quotes are no separators
check() {
    sed 's/"\([^"]*\), \([^",]*\), \([^"]*\)"/\1; \2; \3/; s/"\([^"]*\), \([^"]*\)"/\1; \2/' out/table-g.csv |
        awk -F, -v p="$1" -v item="$2" -v column="$3" -v want="$4" '
            $1 == p && $2 == item { got = $column; found = 1 }
            END { d = got - want; if (d < 0) d = -d; if (want < 0) size = -want; else size = want
                  if (!found) said = "no row"
                  else if (want == "none") said = got == "" ? "empty" : got
                  else said = d <= 1e-9 * size + 1e-12 ? "agrees" : "differs: " got " / " want
                  print p, item, column, said }'
}
said() { grep -o "\"product\": \"$1\"[^}]*" implied.txt | head -1 | grep -o "\"$2\": [-0-9.e]*" | cut -d' ' -f2; }
calc() { awk "BEGIN { printf \"%.15g\", $1 }"; }
check FQ2-26 'Revenue (USD m; GAAP)' 3 18300
check FQ2-26 'Revenue (USD m; GAAP)' 6 "$(calc '100 * (18700 / 13643 - 1)')"
check FQ2-26 'Revenue (USD m; GAAP)' 8 5160
check FQ2-26 'EPS (USD; non-GAAP)' 8 "$(calc '12.20 - 8.42')"
check FQ3-26 'Revenue (USD m; GAAP)' 7 none
check FQ3-26 'Gross margin (non-GAAP)' 3 80.5
check FQ3-26 'Gross margin (non-GAAP)' 6 "$(calc '81 - 74.9')"
check FQ3-26 'Operating income (inferred; USD m; non-GAAP)' 3 "$(calc '32750 * 0.805 - 1405')"
check FQ3-26 'Operating income (inferred; USD m; non-GAAP)' 4 "$(calc '33500 * 0.81 - 1400')"
check FQ3-26 'Operating margin (inferred; non-GAAP)' 4 "$(calc '100 * 25735 / 33500')"
check FQ3-26 'Incremental gross margin (inferred; non-GAAP)' 4 "$(calc '100 * (33500 * 0.81 - 23860 * 0.749) / (33500 - 23860)')"
check FQ3-26 'DRAM price; QoQ (inferred)' 4 "$(said DRAM price)"
check FQ3-26 'NAND price; QoQ (inferred)' 3 "$(said NAND price_low)"
check FQ3-26 'NAND bits; QoQ (inferred)' 5 "$(said NAND bits_high)"
grep '^FQ3-26' out/table-g.zh.tsv | sed -n '2p;7p' | cut -f2-6
sed 's/guidance micron/guidance skhynix/' try.yaml >none.yaml
memcycle charts none.yaml --format svg -o none 2>&1 || echo "exit $?"
