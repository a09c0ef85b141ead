# docs/quarterly.md names every figure of the quarterly pack, and none that it has not.
set -e
sed -n 's/^      - id: //p' "$MEMCYCLE_HOME/scenarios/packs/quarterly.yaml" | sort >ids
grep -o '`[a-z][a-z-]*`' "$MEMCYCLE_HOME/docs/quarterly.md" | tr -d '`' | sort -u >said
for product in nand hbm; do echo $product-gap; echo $product-price-path; done | sort - said | grep -vx -e nand -e hbm >all
comm -3 ids all
wc -l <ids | awk '{ print ($1 >= 24 ? "at least 24 figures" : $1) }'
