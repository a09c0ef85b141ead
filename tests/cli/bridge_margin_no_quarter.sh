memcycle bridge micron FQ1-18 FQ2-26 --metric gross-margin
