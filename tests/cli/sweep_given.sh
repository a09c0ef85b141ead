# A sample of one's own: y = 3 a - b, nothing of c.
awk 'BEGIN { print "run,a,b,c,y"; for (i = 0; i < 400; i++) { a = (i * 0.754877666) % 1; b = (i * 0.569840291) % 1; c = (i * 0.41964337) % 1; printf "%d,%.9f,%.9f,%.9f,%.9f\n", i, a, b, c, 3 * a - b } }' > mine.csv
cat > g.yaml <<'Y'
method: given-data
data: mine.csv
axes: [{path: a}, {path: b}, {path: c}]
outputs: [y]
Y
memcycle sweep g.yaml
