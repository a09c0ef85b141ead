memcycle what revenue.micron.dram@FQ2-26 asp_qoq.micron.dram@F2Q26
