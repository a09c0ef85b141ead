memcycle explain bear --from base --metric fcf.micron@FY2027
