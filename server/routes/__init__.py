"""One file per group of calls under /api."""
