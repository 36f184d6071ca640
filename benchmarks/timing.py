"""Taking times fairly, and what to say of many of them."""

import os
import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np


def interleaved(
    contenders: Mapping[str, Callable[[], object]], seconds: float = 1.0, least: int = 7, most: int = 51
) -> dict[str, float]:
    """Return each contender's median in milliseconds.

    They take turns, so that whatever else the machine does falls upon all of them alike; rounds go
    on for about ``seconds``, and there are ``least`` to ``most`` of them.
    """
    for contender in contenders.values():
        contender()
    times: dict[str, list[float]] = {name: [] for name in contenders}
    end = time.perf_counter() + seconds
    for done in range(most):
        if done >= least and time.perf_counter() > end:
            break
        for name, contender in contenders.items():
            began = time.perf_counter()
            contender()
            times[name].append(1000 * (time.perf_counter() - began))
    return {name: float(np.median(taken)) for name, taken in times.items()}


def median(numbers: Sequence[float]) -> float:
    """Return the middle one."""
    return float(np.median(numbers))


def percentile_95(numbers: Sequence[float]) -> float:
    """Return what 95 of 100 do not exceed."""
    return float(np.percentile(numbers, 95))


def load() -> str:
    """Say how busy the machine is: times mean little where this is near or above its cores."""
    one = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return f"load {one} on {os.cpu_count()} cores"
