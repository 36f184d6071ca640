"""How fast Convscope is: each benchmark is one file and prints small tables from one run.

``python -m benchmarks`` runs them all, ``python -m benchmarks page`` one. Nothing here is asserted
in the tests: what a machine happens to be doing is no fault of the code.
"""
