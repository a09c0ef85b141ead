memcycle bridge micorn FQ1-26 FQ2-26
