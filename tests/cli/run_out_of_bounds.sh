memcycle run base --set hbm_part.micron=130%
