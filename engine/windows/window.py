"""The window law: which input cells does each output cell read, along one axis?

Output size, padding, dilation, stride, rounding, coverage and what is never read
all follow from here; nothing else in the project states a size formula. A
two-dimensional window is a pair of axes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, TypeAlias, TypeVar

import numpy as np

from engine.arrays import Indices
from engine.errors import ShapeError
from engine.formula import Expression, ceil_quotient, symbol
from engine.refusals import empty_axis
from engine.texts import Text
from engine.windows.axis import OUTSIDE, Axis

PADDING_WORDS = ("valid", "same", "full")
CAUSAL = "causal"
"""One more word, for signals in time."""
PADDING_MODES = ("zeros", "reflect", "replicate", "circular")
Rounding: TypeAlias = Literal["down", "up", "up but one"]
_EXCEEDS = Text(
    "Along the {axis}, a kernel of {kernel} with dilation {dilation} covers {extent} cells, but the padded "
    "input has {padded}; with this dilation and padding the kernel may be {min} to {max}.",
    "沿{axis}方向，大小 {kernel}、膨胀率 {dilation} 的核覆盖 {extent} 格，超过了填充后的 {padded} 格；"
    "在这样的膨胀率和填充下，核可取 {min} 到 {max}。",
)
_TO_FIT = {
    "kernel_size": Text(
        "For a larger kernel: pad more, dilate less, or take a larger picture.",
        "要用更大的核：增加填充、减小膨胀率，或换更大的图片。",
    ),
    "dilation": Text(
        "To dilate more: pad more, or take a smaller kernel or a larger picture.",
        "要加大膨胀率：增加填充、缩小核，或换更大的图片。",
    ),
    "padding": Text(
        "To pad less: take a smaller kernel, dilate less, or take a larger picture.",
        "要减少填充：缩小核、减小膨胀率，或换更大的图片。",
    ),
}
_BEYOND = Text(
    "Along the {axis}, padding {padding} with mode {mode} needs more cells than the input's {size}; it may "
    "be {min} to {max}.",
    "沿{axis}方向，以 {mode} 方式填充 {padding} 格，超过了输入的 {size} 格所能提供的：可取 {min} 到 {max}。",
)
Q = TypeVar("Q", int, Expression)


def padding_sides(word: str, size: int, kernel: int, stride: int, dilation: int) -> tuple[int, int]:
    """Return the cells of padding (before, after) that a padding word stands for.

    ``same`` gives ceil(size / stride) outputs, the odd cell after, as TensorFlow
    does; ``full`` lets every window that touches the input count; ``causal`` lets
    no output read what comes after it (van den Oord and others, "WaveNet", 2016).
    """
    reach = dilation * (kernel - 1)
    if word == "causal":
        return reach, 0
    if word == "same":
        outputs = -(-size // stride)
        total = max((outputs - 1) * stride + reach + 1 - size, 0)
        return total // 2, total - total // 2
    return (reach, reach) if word == "full" else (0, 0)


def padding_reach(mode: str, size: int) -> int | None:
    """Return how many cells a padding mode can add on each side; None for as many as one likes."""
    return {"reflect": size - 1, "circular": size}.get(mode)


def outputs(n: Q, p_before: Q, p_after: Q, k: Q, s: Q, d: Q, rounding: Rounding) -> Q:
    """Return the number of output cells: the one place where the size law is stated.

    Counted with whole numbers it is the size, counted with symbols the formula. Source:
    Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016. A last
    window that rounding up adds does not count where it would begin in the padding after
    the input ("up but one"), as in PyTorch.
    """
    steps = n + p_before + p_after - d * (k - 1) - 1
    if rounding == "down":
        return steps // s + 1
    whole = ceil_quotient(steps, s) + 1
    return whole - 1 if rounding == "up but one" else whole


@dataclass(frozen=True)
class WindowAxis(Axis):
    """A sliding window along one axis of ``size`` input cells.

    All lengths are in cells; ``dilation`` 1 means none.

    Raises:
        ShapeError: if no window fits, or the padding mode cannot reach that far.
    """

    name: str
    size: int
    kernel: int = 1
    stride: int = 1
    dilation: int = 1
    before: int = 0
    after: int = 0
    ceil_mode: bool = False
    padding_mode: str = "zeros"
    flipped: bool = False
    """Whether kernel positions count from the end of the window, as in true convolution."""

    def __post_init__(self) -> None:
        if self.size < 1:
            raise empty_axis(self.name, self.size)
        if self.extent > self.padded:
            largest = (self.padded - 1) // self.dilation + 1
            raise ShapeError(
                "kernel_exceeds_input",
                _EXCEEDS,
                field="kernel_size",
                values={
                    "axis": self.name,
                    "kernel": self.kernel,
                    "dilation": self.dilation,
                    "extent": self.extent,
                    "padded": self.padded,
                    "min": 1,
                    "max": largest,
                },
                advice=Text(
                    "Pad more, dilate less, or take a smaller kernel or a larger picture.",
                    "可增加填充、减小膨胀率、缩小核，或换更大的图片。",
                ),
                advice_on=_TO_FIT,
            )
        self._check_padding_mode()

    def _check_padding_mode(self) -> None:
        allowed = padding_reach(self.padding_mode, self.size)
        asked = max(self.before, self.after)
        if allowed is not None and asked > allowed:
            raise ShapeError(
                f"padding_{self.padding_mode}",
                _BEYOND.put(mode=self.padding_mode),
                field="padding",
                values={"axis": self.name, "padding": asked, "size": self.size, "min": 0, "max": allowed},
                advice=Text(
                    "Take another padding mode, pad less, or take a larger picture.",
                    "可换填充方式、减少填充，或换更大的图片。",
                ),
            )

    @property
    def padded(self) -> int:
        """Number of cells with the padding on both sides."""
        return self.size + self.before + self.after

    @property
    def extent(self) -> int:
        """Cells from the first to the last one that a window reads, gaps included."""
        return self.dilation * (self.kernel - 1) + 1

    @cached_property
    def output(self) -> int:
        """Number of output cells."""
        numbers = (self.size, self.before, self.after, self.kernel, self.stride, self.dilation)
        return outputs(*numbers, self._rounding)

    @cached_property
    def _rounding(self) -> Rounding:
        if not self.ceil_mode:
            return "down"
        numbers = (self.size, self.before, self.after, self.kernel, self.stride, self.dilation)
        last_start = (outputs(*numbers, "up") - 1) * self.stride
        return "up but one" if last_start >= self.size + self.before else "up"

    @property
    def jump(self) -> float:
        """Cells of input between neighbouring outputs: the stride."""
        return float(self.stride)

    @property
    def law(self) -> Expression:
        """The output size as an expression: the same law, counted with symbols."""
        return outputs(
            symbol("n", self.size),
            symbol("p_before", self.before),
            symbol("p_after", self.after),
            symbol("k", self.kernel),
            symbol("s", self.stride),
            symbol("d", self.dilation),
            self._rounding,
        )

    @property
    def reach(self) -> int:
        """Padded cells from the first window's start to the last window's end."""
        return (self.output - 1) * self.stride + self.extent

    @property
    def beyond(self) -> int:
        """Cells past the padded input that the last window reaches, where ``ceil_mode`` lets it."""
        return max(self.reach - self.padded, 0)

    @property
    def sources(self) -> Indices:
        """Input index of each padded position a window may read, shape (reach,); OUTSIDE for padding."""
        return self._standing(np.arange(self.reach))

    def _standing(self, padded: Indices) -> Indices:
        """Return the input index that stands at each padded position; beyond the padding there is nothing."""
        position = padded - self.before
        match self.padding_mode:
            case "replicate":
                found = np.clip(position, 0, self.size - 1)
            case "circular":
                found = position % self.size
            case "reflect":
                mirrored = np.abs(position)
                found = np.where(mirrored < self.size, mirrored, 2 * (self.size - 1) - mirrored)
            case _:
                return np.where((position >= 0) & (position < self.size), position, OUTSIDE)
        return np.where(padded < self.padded, found, OUTSIDE) if self.beyond else found

    @property
    def index(self) -> Indices:
        """Input index that each output reads at each kernel position, shape (output, kernel)."""
        return self._standing(np.arange(self.output)[:, None] * self.stride + self._offsets)

    def reads(self, output: int) -> Indices:
        """Return what one output reads, shape (kernel,), without the whole table."""
        return self._standing(output * self.stride + self._offsets)

    @property
    def coverage(self) -> Indices:
        """How often each input cell is read, shape (size,), without the whole table."""
        sources = self.sources
        inside = sources != OUTSIDE
        times = np.bincount(sources[inside], weights=self._readings[inside], minlength=self.size)
        return times.astype(np.intp)

    @property
    def _readings(self) -> Indices:
        """How often each padded position is read, shape (reach,).

        A window reads cells of one remainder by the dilation alone, ``kernel`` of them in a row: in
        rows of ``dilation`` cells, a running sum down the columns of where windows begin.
        """
        rows = -(-self.reach // self.dilation)
        begins = np.zeros(rows * self.dilation, np.intp)
        begins[: (self.output - 1) * self.stride + 1 : self.stride] = 1
        times = begins.reshape(rows, self.dilation).cumsum(axis=0)
        times[self.kernel :] -= times[: -self.kernel].copy()
        return times.ravel()[: self.reach]

    @property
    def _offsets(self) -> Indices:
        """How far each kernel position stands from the window's first cell."""
        offsets = np.arange(self.kernel) * self.dilation
        return offsets[::-1] if self.flipped else offsets

    def counted(self, *, padding: bool) -> Indices:
        """Cells in each window, shape (output,): real ones, or with those of the padding.

        What lies beyond the padded input, where ``ceil_mode`` lets a window reach, never counts.
        """
        starts = np.arange(self.output) * self.stride
        first = 0 if padding else self.before
        past = self.before + self.size + (self.after if padding else 0)
        below = np.clip(-((starts - first) // self.dilation), 0, self.kernel)
        within = np.clip(-((starts - past) // self.dilation), 0, self.kernel)
        return within - below

    @property
    def dropped(self) -> int:
        """Input cells at the end that the last stride does not reach."""
        return min(max(self.size + self.before - self.reach, 0), self.size)


window_axis = lru_cache(maxsize=512)(WindowAxis)
"""Axes are immutable and asked for again and again: by every candidate of every slider's range."""
