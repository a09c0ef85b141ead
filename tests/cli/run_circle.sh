printf 'title: A\ninherits: ./b.yaml\n' > a.yaml
printf 'title: B\ninherits: c.yaml\n' > b.yaml
printf 'title: C\ninherits: ./a.yaml\n' > c.yaml
memcycle run ./a.yaml
