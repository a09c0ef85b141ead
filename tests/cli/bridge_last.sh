# Without quarters: the last reported one against the one before; the same bytes as when named.
memcycle bridge micron >short.txt
memcycle bridge micron FQ1-26 FQ2-26 >long.txt
memcycle bridge micron FQ1-26 >from.txt
cmp short.txt long.txt && cmp short.txt from.txt && echo same
