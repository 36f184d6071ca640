"""Functions of one number, stated once: they are computed, differentiated, read and coded from that."""
