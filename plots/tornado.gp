# Lying bars from the base to the outcome at either end of each input.
set grid noytics xtics back lt 1 lc rgb GRID lw 0.7
set border 0
plot \
  $box using 1:2:3:4:5:6:7 with boxxyerror fs solid 1 noborder lc rgb variable
