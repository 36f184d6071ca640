"""Learning rates over a run."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi


@dataclass(frozen=True)
class Schedule:
    """The learning rate at each step of a run.

    ``peak`` is the highest rate, reached in a straight line over the first ``warm_up`` part of the run.
    ``shape`` says how it goes on: "constant"; "cosine", down to ``last`` x peak along half a wave, which
    begins again, from so many times the peak, at each of the ``restarts`` (part of the run, times)
    (Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017); "step", times
    ``factor`` after each of the ``drops``, parts of the run.
    """

    peak: float
    shape: str = "cosine"
    warm_up: float = 0.0
    last: float = 0.0
    restarts: tuple[tuple[float, float], ...] = ()
    drops: tuple[float, ...] = (0.5, 0.75)
    factor: float = 0.1

    def __post_init__(self) -> None:
        if self.shape not in ("constant", "cosine", "step"):
            raise ValueError(f"shape must be constant, cosine or step, not {self.shape!r}")

    def rate(self, step: int, steps: int) -> float:
        """Return the rate of ``step``, counted from 0, of so many ``steps``."""
        rising = round(self.warm_up * steps)
        if step < rising:
            return self.peak * (step + 1) / rising
        if self.shape == "cosine":
            return self._wave(step, steps, rising)
        if self.shape == "step":
            return self.peak * self.factor ** sum(step >= drop * steps for drop in self.drops)
        return self.peak

    def _wave(self, step: int, steps: int, first: int) -> float:
        """Return the rate on the half wave that ``step`` is on; the first of them begins at ``first``."""
        begins = [(first, 1.0), *((round(part * steps), times) for part, times in self.restarts)]
        ends = [*(begin for begin, _ in begins[1:]), steps]
        begin, times, end = next(
            (begin, times, end)
            for (begin, times), end in zip(reversed(begins), reversed(ends), strict=True)
            if step >= begin
        )
        part = (step - begin) / max(end - begin, 1)
        return self.peak * times * (self.last + (1 - self.last) * (1 + cos(pi * part)) / 2)
