"""The same in the words of NumPy and of PyTorch: what the recipes of several operations share."""
