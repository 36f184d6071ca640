"""The same in other words: how an operation is done with NumPy or PyTorch alone.

A recipe is teaching material and a proof at once: lines that one may paste into a notebook, and
that give the engine's numbers without it. The first input is called ``x``, the others bear their
own names, and the last line gives ``output``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Recipe:
    """Lines that do one call of an operation, whose sizes and parameters stand in them as numbers.

    ``numpy`` knows ``np`` and ``sliding_window_view``; whole numbers are int64, others float64.
    ``torch`` knows ``torch`` and ``F`` (torch.nn.functional), and has tensors of float64, or int64
    for what counts cells or classes. ``terms`` is a NumPy expression, after those lines, for what is
    added up (or, by ``reduction``, the largest picked of) for the output cell ``cell``, and ``parts``
    the shares of the input's channels in map ``k``, where there are such. ``further`` are lines
    for the outputs after the first one, by name.
    """

    numpy: str
    torch: str
    terms: str = "x[cell]"
    reduction: str = "sum"
    parts: str | None = None
    further: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])


@dataclass(frozen=True)
class Written:
    """A function of every cell by itself, as expressions in ``x``, and its derivative in NumPy."""

    numpy: str
    slope: str
    torch: str


def lines(*parts: str | None) -> str:
    """Return the lines that there are, one below the other."""
    return "\n".join(part for part in parts if part)


def one_or_all(numbers: Sequence[int]) -> str:
    """Return numbers as Python writes them: one for all where they are the same."""
    return str(numbers[0]) if len(set(numbers)) == 1 else str(tuple(numbers))


def arguments(**given: object) -> str:
    """Return keyword arguments as they are written in a call."""
    return "".join(f", {name}={value}" for name, value in given.items() if value is not None)


def along_line(name: str, axis: int) -> str:
    """Return, in NumPy, the numbers of an array along an axis through ``cell``."""
    rest = "cell[1:]" if axis == 0 else f"cell[:{axis}] + cell[{axis + 1}:]"
    return f"np.moveaxis({name}, {axis}, -1)[{rest}]"


def torch_channels(axis: int) -> tuple[str, str]:
    """Return what gives ``x`` its channels on the second axis, as PyTorch has them, and what undoes it."""
    if axis == 0:
        return "[None]", "[0]"
    return ("", "") if axis == 1 else (f".movedim({axis}, 1)", f".movedim(1, {axis})")
