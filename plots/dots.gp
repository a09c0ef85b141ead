# Lying intervals and points, a row a category.
set grid noytics xtics back lt 1 lc rgb GRID lw 0.7
set border 0
plot \
  for [i=1:error_ITEMS] $error index i-1 using 3:2:($4-$3):(0) with vectors heads size screen CAP,90 fixed lw 1.5 lc rgb word(error_INK,i), \
  for [i=1:hollow_ITEMS] $hollow index i-1 using 1:2 with points pt (word(hollow_POINT,i)+1) ps 0.8*SMALLER lc rgb '#FFFFFF', \
  for [i=1:hollow_ITEMS] $hollow index i-1 using 1:2 with points pt (word(hollow_POINT,i)+0) ps 1.05*SMALLER lw 1.2 lc rgb word(hollow_INK,i), \
  for [i=1:full_ITEMS] $full index i-1 using 1:2 with points pt (word(full_POINT,i)+0) ps 1.05*SMALLER lc rgb word(full_INK,i)
