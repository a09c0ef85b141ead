# The typesetter is a module of its own: without it all that computes works, and what sets type says so.
cp "$(readlink -f "$(command -v memcycle)")" alone
./alone what revenue.micron@FQ2-26 | cut -d';' -f1
./alone doctor | grep typesetter
mkdir -p lib/memcycle
echo 'no module' >lib/memcycle/typeset.so
./alone doctor | grep -c 'typesetter.*file too short'
rm -r lib
./alone charts weekly -o week
