# One variable against another; the line runs in order of time.
set grid xtics ytics back lt 1 lc rgb GRID lw 0.7
set border 3 back lt 1 lc rgb FRAME lw 0.9
plot \
  for [i=1:line_ITEMS] $line index i-1 using 1:2 with lines lw 1.3*SMALLER lc rgb word(line_INK,i) dt 0+word(line_DASH,i), \
  for [i=1:hollow_ITEMS] $hollow index i-1 using 1:2 with points pt (word(hollow_POINT,i)+1) ps 0.7*SMALLER lc rgb '#FFFFFF', \
  for [i=1:hollow_ITEMS] $hollow index i-1 using 1:2 with points pt (word(hollow_POINT,i)+0) ps 0.9*SMALLER lw 1.1 lc rgb word(hollow_INK,i), \
  for [i=1:full_ITEMS] $full index i-1 using 1:2 with points pt (word(full_POINT,i)+0) ps 0.9*SMALLER lc rgb word(full_INK,i)
