# The two-way table of LibreOffice's help, and both formulas at once.
cat > table.yaml <<'Y'
function: profit
method: table
axes:
  - {path: price, values: [8, 10, 15, 20]}
  - {path: quantity, values: [500, 1000, 2000, 5000]}
Y
memcycle sweep table.yaml --csv 2>/dev/null
