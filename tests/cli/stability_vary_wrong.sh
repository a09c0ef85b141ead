memcycle stability base --vary price_anchor.dram=0.04
