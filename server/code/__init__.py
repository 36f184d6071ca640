"""The same in code: what a view shows as scripts that anyone can run, with curl, Python, NumPy, PyTorch."""
