memcycle words 'for FQ4-25: up mid- to high-single digits, bits flat'
