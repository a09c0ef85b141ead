memcycle what --rows revenue.micron.dram@FQ3-19
