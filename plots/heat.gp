# Coloured cells with white seams; their numbers are labels.
unset border
unset grid
plot \
  $cell using 1:2:3:4:5:6:7 with boxxyerror fs solid 1 noborder lc rgb variable, \
  $cell using 1:2:3:4:5:6:8 with boxxyerror fs empty lc rgb variable lw 1.4
