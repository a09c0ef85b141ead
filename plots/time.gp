# Over periods: areas, bars, lines, points, in that order; block NAME holds NAME_ITEMS items, each
# an index of the block, with its colour, dash and point in the word lists NAME_INK, NAME_DASH,
# NAME_POINT. 1 is the left axis, 2 the right one. Error bars are vectors with
# flat heads: gnuplot's own blank a circle around their point.
plot \
  for [i=1:area1_ITEMS] $area1 index i-1 using 1:2:3 with filledcurves fs transparent solid 0.75 noborder lc rgb word(area1_INK,i), \
  for [i=1:area2_ITEMS] $area2 index i-1 using 1:2:3 axes x1y2 with filledcurves fs transparent solid 0.75 noborder lc rgb word(area2_INK,i), \
  for [i=1:gap_ITEMS] $gap index i-1 using 1:2:3 with filledcurves above fs solid noborder lc rgb SHORTAGE, \
  for [i=1:gap_ITEMS] $gap index i-1 using 1:2:3 with filledcurves below fs solid noborder lc rgb SURPLUS, \
  for [i=1:box_ITEMS] $box using 1:2:3:4:5:6:7 with boxxyerror fs solid 1 noborder lc rgb variable, \
  for [i=1:ghost_ITEMS] $ghost using 1:2:3:4:5:6:7 with boxxyerror fs solid 1 noborder lc rgb variable, \
  for [i=1:ghost_ITEMS] $ghost using 1:2:3:4:5:6:8 with boxxyerror fs empty lc rgb variable lw 0.8, \
  for [i=1:error1_ITEMS] $error1 index i-1 using 1:3:(0):($4-$3) with vectors heads size screen CAP,90 fixed lw 1.2 lc rgb word(error1_INK,i), \
  for [i=1:error2_ITEMS] $error2 index i-1 using 1:3:(0):($4-$3) axes x1y2 with vectors heads size screen CAP,90 fixed lw 1.2 lc rgb word(error2_INK,i), \
  for [i=1:line1_ITEMS] $line1 index i-1 using 1:2 with lines lw 1.9*SMALLER lc rgb word(line1_INK,i) dt 0+word(line1_DASH,i), \
  for [i=1:line2_ITEMS] $line2 index i-1 using 1:2 axes x1y2 with lines lw 1.9*SMALLER lc rgb word(line2_INK,i) dt 0+word(line2_DASH,i), \
  for [i=1:hollow1_ITEMS] $hollow1 index i-1 using 1:2 with points pt (word(hollow1_POINT,i)+1) ps 0.7*SMALLER lc rgb '#FFFFFF', \
  for [i=1:hollow2_ITEMS] $hollow2 index i-1 using 1:2 axes x1y2 with points pt (word(hollow2_POINT,i)+1) ps 0.7*SMALLER lc rgb '#FFFFFF', \
  for [i=1:hollow1_ITEMS] $hollow1 index i-1 using 1:2 with points pt (word(hollow1_POINT,i)+0) ps 0.9*SMALLER lw 1.1 lc rgb word(hollow1_INK,i), \
  for [i=1:hollow2_ITEMS] $hollow2 index i-1 using 1:2 axes x1y2 with points pt (word(hollow2_POINT,i)+0) ps 0.9*SMALLER lw 1.1 lc rgb word(hollow2_INK,i), \
  for [i=1:full1_ITEMS] $full1 index i-1 using 1:2 with points pt (word(full1_POINT,i)+0) ps 0.9*SMALLER lc rgb word(full1_INK,i), \
  for [i=1:full2_ITEMS] $full2 index i-1 using 1:2 axes x1y2 with points pt (word(full2_POINT,i)+0) ps 0.9*SMALLER lc rgb word(full2_INK,i)
