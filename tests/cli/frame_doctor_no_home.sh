memcycle doctor --home /nowhere
