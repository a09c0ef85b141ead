memcycle what gross_margin.micron@FQ2-26
