memcycle words --json 'mid-teens' 'at least 10%'
