# The shipped sweeps run.
set -e
memcycle sweep margin-by-price --csv 2>/dev/null | head -2
memcycle sweep tornado 2>/dev/null | head -1
memcycle sweep sensitivity --runs 512 2>/dev/null | head -1
memcycle sweep fan --runs 1024 2>/dev/null | head -1
memcycle sweep ishigami --runs 1024 --json 2>/dev/null | head -c 1
