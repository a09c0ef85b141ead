memcycle explain base --from base --metric fcf.micron@FY2027
