"""Print how many cases of each operator are run and left out."""

from __future__ import annotations

import sys
from collections import Counter

from tests.engine.onnx_cases.cases import MODULES, cases
from tests.engine.onnx_cases.left_out import LEFT_OUT


def table() -> str:
    """The counts, one operator a line."""
    ran = Counter(case.operator for case in cases().values() if case.name not in LEFT_OUT)
    left = Counter(case.operator for case in cases().values() if case.name in LEFT_OUT)
    rows = [("operator", "run", "left out")]
    rows += [(operator, str(ran[operator]), str(left[operator])) for operator in sorted(MODULES)]
    rows += [("all", str(ran.total()), str(left.total()))]
    return "".join(f"{name:26}{run:>5}{out:>10}\n" for name, run, out in rows)


if __name__ == "__main__":
    sys.stdout.write(table())
