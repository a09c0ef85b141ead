memcycle what revenue.micron@FQ2-31
