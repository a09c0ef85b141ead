memcycle bridge micron FQ3-18 FQ1-19
