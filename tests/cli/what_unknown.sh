memcycle what revenu.micron@FQ2-26
