memcycle run base --show-inputs > inputs.json && memcycle run base -o out > tables 2> chatter && ls out
