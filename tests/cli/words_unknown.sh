memcycle words 'nearly 20%'
