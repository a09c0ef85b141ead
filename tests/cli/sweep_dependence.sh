cat > bad.yaml <<'Y'
function: sobol_g3
method: sobol
runs: 64
axes:
  - {path: x1, uniform: [0, 1]}
  - {path: x2, uniform: [0, 1]}
  - {path: x3, uniform: [0, 1]}
correlations: [[x1, x2, 0.9], [x2, x3, 0.9], [x1, x3, -0.9]]
Y
memcycle sweep bad.yaml
