# An installed program finds the data beside it, wherever it was put.
program=$(readlink -f "$(command -v memcycle)")
mkdir -p prefix/bin prefix/share/memcycle elsewhere
cp "$program" prefix/bin/memcycle
for part in model scenarios plots; do cp -r "$MEMCYCLE_HOME/$part" prefix/share/memcycle/; done
unset MEMCYCLE_HOME
prefix=$PWD/prefix
cd elsewhere
"$prefix/bin/memcycle" doctor | sed -n "s|$prefix|PREFIX|p"
"$prefix/bin/memcycle" what revenue.micron@FQ2-26 | cut -d';' -f1
