memcycle stability base
