# The day is the command's: one written into the file is refused, not passed over.
sed 's/^style:/as_of: 2025-12-31\nstyle:/' "$MEMCYCLE_HOME/scenarios/packs/decomposition.yaml" >mine.yaml
memcycle charts mine.yaml -o out
