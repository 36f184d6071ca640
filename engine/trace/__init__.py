"""How an output cell came to be, as data."""
