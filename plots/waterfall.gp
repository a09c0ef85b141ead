# Boxes from level to level and the thin lines that carry a level to the next box.
plot \
  for [i=1:link_ITEMS] $link index i-1 using 1:2 with lines lw 0.9 lc rgb word(link_INK,i), \
  for [i=1:box_ITEMS] $box using 1:2:3:4:5:6:7 with boxxyerror fs solid 1 noborder lc rgb variable, \
  for [i=1:ghost_ITEMS] $ghost using 1:2:3:4:5:6:7 with boxxyerror fs solid 1 noborder lc rgb variable, \
  for [i=1:ghost_ITEMS] $ghost using 1:2:3:4:5:6:8 with boxxyerror fs empty lc rgb variable lw 0.9
