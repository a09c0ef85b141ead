# '| head' ends quietly; a full disk does not.
{ memcycle run base; echo "code $?" >&3; } 3>code.txt | head -1 >first.txt
cat first.txt code.txt
memcycle run base >/dev/full
