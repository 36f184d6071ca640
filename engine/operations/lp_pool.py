"""Lp pooling in one, two and three dimensions: the length of each window, seen as a vector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import prod

import numpy as np

from engine.arrays import Array, Float, Number, Shape, float_for
from engine.kinds import Flag
from engine.kinds import Number as Real
from engine.layout import Layout
from engine.operation import Call
from engine.padding import pad, unpad
from engine.parameters import Params
from engine.pooling import STRIDE_OF_POOL, Pooling, reduce_windows
from engine.sliding import positions
from engine.texts import Text
from engine.trace import Cell, Step, Trace
from engine.window import WindowAxis
from engine.windowed import CEIL_MODE, DILATION, KERNEL_SIZE, PADDING, along, read_cells, window_sources

NORM_TYPE = Real(
    "norm_type",
    None,
    Text("Norm (p)", "范数（p）"),
    Text(
        "The power p: 1 adds up magnitudes, 2 (L2) gives the Euclidean length, large p comes close to the "
        "largest magnitude.",
        "幂次 p：1 把绝对值相加，2（L2）给出欧几里得长度，p 很大时接近最大的绝对值。",
    ),
    required=True,
    start=2,
    least=1,
    most=100,
)
_PLAIN = (1, 2, 3)
"""Powers of whole numbers that are whole, and have roots of their own: these are summed as they are."""
MEAN = Flag(
    "mean",
    False,
    Text("Mean instead of sum", "取平均而不是求和"),
    Text(
        "Takes the root of the mean of the powers; cells of the padding do not count.",
        "对各幂的平均值开方；填充的格不计入。",
    ),
    keyword_only=True,
)


class LpPooling(Pooling):
    """lp_pool{n}d(input, norm_type, kernel_size, stride=None, ceil_mode=False, *, padding, dilation, mean).

    In two dimensions output[c, y, x] = (sum over i, j of |input[c, y s + i d - p, x s + j d - p]|^q)^(1/q)
    with q = norm_type: for 2 the Euclidean length of the window (L2 pooling). With mean, the sum is divided
    by the number of cells read, without those of the padding, which hold 0. Source: Sermanet, Chintala
    and LeCun, "Convolutional neural networks applied to house numbers digit classification", 2012.

    The magnitude is taken first, as in mathematics and in ONNX; PyTorch raises the number itself, so that
    with an odd power its sums may be negative (and are then cut off), and scales up incomplete windows.

    Shapes: input (C, ...) or (N, C, ...) with {n} axes in place of the dots, output the same with
    pooled sizes; computed in float64, given as float32 (float64 if given float64, or if
    whole numbers need it). Where a window is all 0, its gradient is 0.

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.lp_pool{n}d(np.ones((1, {fives})), 2, 3, stride=1).shape
    (1, {threes})
    """

    def __init__(self, dims: int, chinese: str) -> None:
        self.name = f"lp_pool{dims}d"
        self.title = Text(
            f"Lp (L2) pooling, {dims}-D" if dims != 2 else "Lp (L2) pooling", f"{chinese}Lp（L2）池化"
        )
        self.summary = Text(
            "Each window passes on the p-th root of the sum of its p-th powers: with p = 2 (L2), its length.",
            "每个窗口传下其各值 p 次幂之和的 p 次方根：p = 2（L2）时就是它的长度。",
        )
        size, stride = KERNEL_SIZE.across(dims), STRIDE_OF_POOL.across(dims)
        ours = (replace(p.across(dims), keyword_only=True) for p in (PADDING, DILATION))
        self.parameters = (NORM_TYPE, size, stride, CEIL_MODE, *ours, MEAN)
        super().__init__(dims)

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; magnitudes, powers and their padded copy are doubles."""
        layout = super().layout(shapes, params)
        reads = layout.bytes - 8 * prod(layout.output)
        return replace(layout, bytes=24 * prod(shapes["input"]) + 2 * reads + 40 * prod(layout.output))

    def forward_maps(self, call: Call, maps: range) -> Array:
        """Add up the powers of every window and take the root."""
        whole = call.inputs["input"]
        axes = self.axes_of(call)
        norm = call.params.get_of(NORM_TYPE)
        cells = np.abs(along(whole, self.dims, maps).astype(np.float64))
        if norm in _PLAIN:
            sums, scale = reduce_windows(pad(_power(cells, norm), axes), axes, np.add), None
        else:
            sums, scale = _scaled_sums(pad(cells, axes), axes, norm)
        if call.params.get_of(MEAN):
            sums = np.divide(sums, self._counts(call))
        lengths = _root(sums, norm) if scale is None else _root(sums, norm) * scale
        return lengths.astype(float_for(whole, prod(axis.kernel for axis in axes)))

    def _counts(self, call: Call) -> Array:
        """Return how many cells of the input each window reads, shape (*outputs,)."""
        counts = np.ones((), np.intp)
        for axis in self.axes_of(call):
            counts = np.multiply.outer(counts, axis.counted(padding=False))
        return counts

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Give each cell its part: sign(x) (|x| / output)^(p - 1), or that over the number of cells."""
        array, norm = call.inputs["input"], call.params.get_of(NORM_TYPE)
        axes = self.axes_of(call)
        padded = pad(array.astype(np.float64), axes)
        lengths = self.forward_maps(
            replace(call, inputs={"input": array.astype(np.float64)}), range(array.shape[-1 - self.dims])
        )
        each = gradient / self._counts(call) if call.params.get_of(MEAN) else gradient.astype(np.float64)
        lengths = np.where(lengths == 0, np.inf, lengths)
        total = np.zeros(padded.shape)
        for _, stops in positions(axes):
            read = padded[(..., *stops)]
            total[(..., *stops)] += each * np.sign(read) * np.power(np.abs(read) / lengths, norm - 1)
        kind = np.result_type(gradient, *([array.dtype] if array.dtype.kind == "f" else []))
        return {"input": unpad(total, axes).astype(kind)}

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cells of the window, their powers, and the root."""
        norm = call.params.get_of(NORM_TYPE)
        sources, positions = window_sources(call.layout.axes, cell, range(cell[0], cell[0] + 1))
        values = read_cells(call.inputs["input"], sources, 0)
        with np.errstate(all="ignore"):
            parts = _power(values, norm)
        divisor = self._counts(call)[cell[1:]] if call.params.get_of(MEAN) else None
        root = "sqrt(x)" if norm == 2 else f"x^(1/{norm:g})"
        steps = () if norm == 1 else (Step("apply", root, value),)
        each = "|x|" if norm == 1 else f"|x|^{norm:g}"
        return Trace(
            self.name,
            cell,
            sources,
            positions,
            values,
            value,
            divisor=divisor,
            each=each,
            parts=parts,
            steps=steps,
        )


def _scaled_sums(padded: Array, axes: Sequence[WindowAxis], norm: float) -> tuple[Array, Array]:
    """Return the sums of powers with each window measured by its largest cell, and that cell.

    So no power is too large or too small to be held, and one cell alone keeps its value.
    """
    scale = reduce_windows(padded, axes, np.maximum)
    scale = np.where((scale == 0) | np.isinf(scale), 1.0, scale)
    sums = np.zeros(scale.shape)
    for _, stops in positions(axes):
        sums += np.power(padded[(..., *stops)] / scale, norm)
    return sums, scale


def _power(array: Array, norm: float) -> Float:
    """Return |x|^norm as doubles; whole numbers stay whole, and exact as far as doubles go."""
    magnitudes = np.abs(array.astype(np.float64))
    return magnitudes if norm == 1 else np.power(magnitudes, norm)


def _root(sums: Array, norm: float) -> Array:
    """Return x^(1/norm), correctly rounded for squares."""
    if norm == 1:
        return sums
    if norm == 3:
        return np.cbrt(sums)
    return np.sqrt(sums) if norm == 2 else np.power(sums, 1 / norm)


lp_pool1d = LpPooling(1, "一维")
lp_pool2d = LpPooling(2, "")
lp_pool3d = LpPooling(3, "三维")
