# A summary: shards merged, resumed, equal; as exact where it can be as the runs themselves.
set -e
cat > s.yaml <<'Y'
function: ishigami
method: saltelli
runs: 16384
axes:
  - {path: x1, uniform: [-3.141592653589793, 3.141592653589793]}
  - {path: x2, uniform: [-3.141592653589793, 3.141592653589793]}
  - {path: x3, uniform: [-3.141592653589793, 3.141592653589793]}
Y
memcycle sweep s.yaml --keep summary -o all.db 2>/dev/null
for i in 1 2 3 4 5; do memcycle sweep s.yaml --keep summary --shard $i/5 --threads $i -o s$i.db 2>/dev/null; done
memcycle sweep merge s1.db s2.db s3.db s4.db s5.db -o merged.db
memcycle sweep show all.db --hash > a; memcycle sweep show merged.db --hash | cmp - a && echo same
