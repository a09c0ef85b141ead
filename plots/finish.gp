# The other terminals, and the line that says that all of this was drawn.
if (MCY_SVG) {
    set output
    if (MCY_PNG) {
        set terminal pngcairo noenhanced size 1600,960 background rgb '#FFFFFF' font FONT.',9' fontscale 2.646 linewidth 2.5 pointscale 1.8 dashlength 0.9
        set output FILE.'.png'
        replot
    }
}
if (MCY_PNG) {
    set output
}
print 'ok '.FILE
