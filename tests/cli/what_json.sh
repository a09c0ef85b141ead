memcycle what --json revenue.skhynix@1Q26
