memcycle what revenue.micron@2026
