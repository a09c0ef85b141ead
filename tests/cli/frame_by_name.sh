# Packs, sweeps and scenarios go by their names; a mistyped one is answered with the close one.
memcycle charts quartely 2>&1
memcycle sweep tornad 2>&1
memcycle run bse 2>&1
memcycle charts weekly --lang en --format svg -o week 2>/dev/null
memcycle sweep tornado --plan | head -1
