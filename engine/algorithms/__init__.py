"""How results are computed: correlation in several ways, and functions NumPy does not have."""
