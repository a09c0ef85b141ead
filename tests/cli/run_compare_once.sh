# The scenario that is compared against stands once, last, even when it is also named first.
memcycle run base bull bear --compare base | sed -n 2p
