"""The window law turned round: which input cells does each output of a transposed convolution get?

A transposed axis belongs to the window that slides over our output and gives our input: where
that window reads cell y as its i-th output's j-th kernel position, input i gives a share to
output y. Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning",
2016, chapter 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from engine.arrays import Indices
from engine.errors import ShapeError
from engine.formula import Expression, symbol
from engine.refusals import empty_axis
from engine.texts import Text
from engine.windows.axis import OUTSIDE, Axis
from engine.windows.window import WindowAxis

CUT_LESS = Text(
    "Pad less, or take a larger kernel, a longer stride or a larger picture.",
    "请减少填充，或用更大的核、更大的步幅或更大的图片。",
)
"""Advice where padding cuts off too much."""
Q = TypeVar("Q", int, Expression)


def transposed_outputs(n: Q, p_before: Q, p_after: Q, k: Q, s: Q, d: Q, p_output: Q) -> Q:
    """Return the number of output cells, counted with whole numbers or with symbols."""
    return s * (n - 1) + d * (k - 1) + 1 - p_before - p_after + p_output


@dataclass(frozen=True)
class TransposedAxis(Axis):
    """The adjoint of a sliding window, along one axis of ``size`` input cells.

    All lengths are in cells. ``before`` and ``after`` are cut from the output;
    ``output_padding`` are further cells at its end, to tell apart the sizes that a strided
    window would have made ``size`` of.

    Raises:
        ShapeError: if nothing is left, or output_padding is as large as stride and dilation.
    """

    name: str
    size: int
    kernel: int = 1
    stride: int = 1
    dilation: int = 1
    before: int = 0
    after: int = 0
    output_padding: int = 0

    def __post_init__(self) -> None:
        if self.size < 1:
            raise empty_axis(self.name, self.size)
        most = max(self.stride, self.dilation) - 1
        if self.output_padding > most:
            raise ShapeError(
                "output_padding",
                Text(
                    "Along the {axis}, output_padding {asked} must be smaller than stride ({stride}) or "
                    "dilation ({dilation}); it may be {min} to {max}.",
                    "沿{axis}方向，输出填充 {asked} 须小于步幅（{stride}）或膨胀率（{dilation}）；"
                    "可取 {min} 到 {max}。",
                ),
                field="output_padding",
                values={
                    "axis": self.name,
                    "asked": self.output_padding,
                    "stride": self.stride,
                    "dilation": self.dilation,
                    "min": 0,
                    "max": most,
                },
                advice=Text(
                    "Output padding must stay below the stride or the dilation: raise one of them, or lower "
                    "the output padding.",
                    "输出填充必须小于步幅或膨胀率：加大其中之一，或减小输出填充。",
                ),
            )
        if self.output < 1:
            whole = self.output + self.before + self.after
            raise ShapeError(
                "padding_exceeds_output",
                Text(
                    "Along the {axis}, padding cuts {before} + {after} of the output's {whole} cells; at "
                    "least 1 must be left, so it may be {min} to {max} in all.",
                    "沿{axis}方向，填充裁掉输出 {whole} 格中的 {before} + {after} 格；至少要留 1 格，"
                    "合计可取 {min} 到 {max}。",
                ),
                field="padding",
                values={
                    "axis": self.name,
                    "asked": self.before + self.after,
                    "before": self.before,
                    "after": self.after,
                    "whole": whole,
                    "min": 0,
                    "max": whole - 1,
                },
                advice=CUT_LESS,
            )

    @cached_property
    def output(self) -> int:
        """Number of output cells."""
        return transposed_outputs(*self._numbers, self.output_padding)

    @property
    def _numbers(self) -> tuple[int, int, int, int, int, int]:
        return self.size, self.before, self.after, self.kernel, self.stride, self.dilation

    @property
    def jump(self) -> float:
        """Cells of input between neighbouring outputs: the stride sets inputs apart, not outputs."""
        return 1 / self.stride

    @property
    def law(self) -> Expression:
        """The output size as an expression: the same law, counted with symbols."""
        names = ("n", "p_before", "p_after", "k", "s", "d")
        n, before, after, k, s, d = map(symbol, names, self._numbers)
        return transposed_outputs(n, before, after, k, s, d, symbol("p_output", self.output_padding))

    @cached_property
    def window(self) -> WindowAxis:
        """The window over our output that gives our input; its padding is what we cut.

        Cells that output_padding adds lie beyond the last window: it counts them as cut again.
        """
        after = self.after - self.output_padding
        return WindowAxis(self.name, self.output, self.kernel, self.stride, self.dilation, self.before, after)

    @property
    def index(self) -> Indices:
        """Input index whose share each output gets through each kernel entry, shape (output, kernel).

        OUTSIDE where there is none: between the cells that the stride sets apart, or beyond them.
        """
        read = self.window.index
        inputs, entries = np.nonzero(read != OUTSIDE)
        index = np.full((self.output, self.kernel), OUTSIDE)
        index[read[inputs, entries], entries] = inputs
        return index

    def reads(self, output: int) -> Indices:
        """Return what one output gets a share of, shape (kernel,), without the whole table."""
        reached = output + self.before - np.arange(self.kernel) * self.dilation
        inside = (reached >= 0) & (reached % self.stride == 0) & (reached < self.size * self.stride)
        return np.where(inside, reached // self.stride, OUTSIDE)

    @property
    def extent(self) -> int:
        """Cells from the first to the last one that an output gets a share of at most."""
        index = self.index
        last = index.max(axis=1)
        first = np.where(index == OUTSIDE, self.size, index).min(axis=1)
        return int(np.where(last == OUTSIDE, 0, last - first + 1).max())
