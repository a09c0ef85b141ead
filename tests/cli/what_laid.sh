memcycle what dio.micron@2026Q1
