# The other terminals, and the line that says that all of this was drawn.
if (MCY_SVG) {
    set output
    if (MCY_PNG) {
        set terminal pngcairo noenhanced size 100*WIDTH_CM,100*HEIGHT_CM background rgb '#FFFFFF' font FONT.',9' fontscale 2.646 linewidth 2.5 pointscale 1.8 dashlength 0.5
        set output FILE.'.png'
        replot
    }
}
if (MCY_PNG) {
    set output
}
print 'ok '.FILE
