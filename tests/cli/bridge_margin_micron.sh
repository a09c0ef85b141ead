memcycle bridge micron FQ1-26 FQ2-26 --metric gross-margin
