# The page, WIDTH_CM x HEIGHT_CM, drawn on each terminal of mcy_terminals (svg, png), or as one page
# of the terminal that is open (page). Bound pages are all of 16 x 9.6 cm: a smaller figure stands in
# the lower left corner of its own, SX and SY of it, and the page is cut to it afterwards. The first SVG of a process differs from later ones, hence one
# picture to nowhere before it.
set encoding utf8
if (!exists('mcy_terminals')) mcy_terminals = 'svg png'
SMALLER = WIDTH_CM < 12 ? 0.75 : 1.0 # marks and lines of a half-width figure
SX = SY = 1.0
if (mcy_terminals eq 'page') {
    SX = WIDTH_CM / 16.0
    SY = HEIGHT_CM / 9.6
}
CAP = 0.0049 * SX # half the end of an error bar, of the page's width
if (WIDTH_CM < 12) CAP = 0.0073 * SX
MCY_SVG = strstrt(mcy_terminals, 'svg') > 0
MCY_PNG = strstrt(mcy_terminals, 'png') > 0
if (MCY_SVG) {
    set terminal svg noenhanced size 50*WIDTH_CM,50*HEIGHT_CM background rgb '#FFFFFF' font FONT.',9' fontscale 1.764 linewidth 1.25 dashlength 0.5
    set output '/dev/null'
    plot [0:1] [0:1] 0.5 notitle
    set output FILE.'.svg'
}
if (MCY_PNG && !MCY_SVG) {
    set terminal pngcairo noenhanced size 100*WIDTH_CM,100*HEIGHT_CM background rgb '#FFFFFF' font FONT.',9' fontscale 2.646 linewidth 2.5 pointscale 1.8 dashlength 0.5
    set output FILE.'.png'
}
reset
unset key
unset title
set tics nomirror
set grid ytics back lt 1 lc rgb GRID lw 0.7
set border 1 back lt 1 lc rgb FRAME lw 0.9
