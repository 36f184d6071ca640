"""``python -m benchmarks [NAME ...]``: run the benchmarks, or those that are named."""

import importlib
import os
import sys

NAMES = ("page", "engine", "network_page", "networks", "predictions")


def main(names: list[str]) -> int:
    """Run what is named; all, if nothing is."""
    for name in names:
        if name not in NAMES:
            print(f"There is no benchmark called {name!r}; there are {', '.join(NAMES)}.", file=sys.stderr)
            return 2
    # One thread for each contender, as the service computes; this must precede NumPy's import.
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    for name in names or NAMES:
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
