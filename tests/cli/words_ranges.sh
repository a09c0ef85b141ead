memcycle words 'low-to-mid-teens'
memcycle words '低至中个位数' '한 자릿수 후반 감소' 'over 20%' 'more than 20%' '$1.4 billion'
