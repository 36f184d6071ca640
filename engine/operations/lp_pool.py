"""Lp pooling in one, two and three dimensions: the length of each window, seen as a vector."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

import numpy as np

from engine.algorithms import positions, sliding
from engine.basics import Array, Float, Number, Shape, Text, float_for
from engine.declaration import Call, Flag, Layout, Params, Real, Recipe
from engine.families import CEIL_MODE, DILATION, KERNEL_SIZE, PADDING, STRIDE_OF_POOL, Pooling
from engine.functions import ABS, LARGEST, SQRT, X, constant
from engine.recipes import SPOTS, Windows, lines
from engine.trace import Cell, Step, Trace
from engine.windows import WindowAxis, pad, unpad

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
_SAFE = (1e-100, 1e100)
"""Squares and cubes of these, and their sums, can be held."""
_LARGEST = 1e300
"""Sums of so large magnitudes can be held."""
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

    name = "lp_pool{n}d"
    title = Text("Lp (L2) pooling", "Lp（L2）池化")
    summary = Text(
        "Each window passes on the p-th root of the sum of its p-th powers: with p = 2 (L2), its length.",
        "每个窗口传下其各值 p 次幂之和的 p 次方根：p = 2（L2）时就是它的长度。",
    )
    parameters = (
        *(NORM_TYPE, KERNEL_SIZE, STRIDE_OF_POOL, CEIL_MODE),
        *(replace(PADDING, keyword_only=True), replace(DILATION, keyword_only=True), MEAN),
    )

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
        padded = pad(self.channels_of(call, maps).astype(np.float64), axes)
        measured = _Measured.cells(np.abs(padded.astype(np.float64, copy=False)), norm)
        for place in reversed(range(self.dims)):
            measured = measured.together(axes, place)
        sums = measured.sums
        if call.params.get_of(MEAN):
            sums = np.divide(sums, self._counts(call))
        lengths = _root(sums, norm)
        if measured.units is not None:
            lengths *= measured.units
        return lengths.astype(float_for(whole, prod(axis.kernel for axis in axes)), copy=False)

    def _counts(self, call: Call) -> Array:
        """Return how many cells of the input each window reads, shape (*outputs,)."""
        counts = np.ones((), np.intp)
        for axis in self.axes_of(call):
            counts = np.multiply.outer(counts, axis.counted(padding=False))
        return counts

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Give each cell its part: sign(x) (|x| / output)^(p - 1), or that over the number of cells.

        Axis by axis: the length of a box is that of the lengths of its rows, of which each has its part.
        """
        array, norm = call.inputs["input"], call.params.get_of(NORM_TYPE)
        axes = self.axes_of(call)
        padded = pad(array.astype(np.float64), axes)
        lengths: list[Float] = [np.abs(padded)]
        measured = _Measured.cells(lengths[0], norm)
        for place in reversed(range(self.dims)):
            measured = measured.together(axes, place)
            lengths.append(measured.lengths())
        each = gradient.astype(np.float64)
        if call.params.get_of(MEAN):
            each = each * np.power(self._counts(call), -1 / norm)
        for place in range(self.dims):
            whole, parts = lengths[self.dims - place], lengths[self.dims - place - 1]
            each = _shared(each, whole, parts, axes, place, norm)
        each *= np.sign(padded)
        return {"input": unpad(each, axes).astype(gradient.dtype)}

    def recipe(self, call: Call) -> Recipe:
        """Return the root of the sum, or of the mean, of every window's powers."""
        windows, norm = Windows(self.axes_of(call), call.inputs["input"].ndim), call.params.get_of(NORM_TYPE)
        counts, mean = ("", ""), ""
        if call.params.get_of(MEAN):
            counts, mean = windows.counts(padding=False), " / counts"
        powers, window = f"abs(windows) ** {norm!r}", f"abs(windows[k, {SPOTS[self.dims]}])"
        output = f"output = (({powers}).sum({windows.last}){mean}) ** (1 / {norm!r})"
        return Recipe(
            lines(windows.numpy(), counts[0], output),
            lines(
                "# F.lp_pool raises the number itself, not its magnitude; so it is done by hand.",
                windows.torch_pad(),
                f"windows = {windows.torch_windows()}",
                counts[1],
                output,
            ),
            # As in a trace: powers that may be too large to be held are of cells divided by the largest.
            terms=f"({window}{'' if norm in _PLAIN else f' / ({window}.max() or 1)'}) ** {norm!r}",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cells of the window, their powers, and the root."""
        norm = call.params.get_of(NORM_TYPE)
        sources, positions, values = self.reads(call, cell)
        divisor = self._counts(call)[cell[1:]] if call.params.get_of(MEAN) else None
        magnitudes = np.abs(values.astype(np.float64))
        unit = np.float64(_units(magnitudes.max(), norm))
        with np.errstate(all="ignore"):
            parts = _power(magnitudes / unit, norm)
            length = np.float64(_root(parts.sum() / (1 if divisor is None else divisor), norm))
        each = ABS(X) if unit == 1 else ABS(X) / LARGEST
        root = SQRT(X) if norm == 2 else X ** (constant(1) / norm)
        steps = () if norm == 1 else (Step("apply", root, value if unit == 1 else length),)
        if unit != 1:
            steps += (Step("multiply", LARGEST, value, unit),)
        return Trace(
            self.name,
            cell,
            sources,
            positions,
            values,
            value,
            divisor=divisor,
            each=each if norm == 1 else each**norm,
            parts=parts,
            steps=steps,
        )


@dataclass(frozen=True)
class _Measured:
    """Sums of powers of windows, each measured by its own unit: sums = sum of (|x| / unit)^p.

    So no power is too large or too small to be held. ``units`` None: all are 1. ``tops`` are the
    windows' largest cells, from which the units follow, and so do not depend on other windows.
    """

    norm: float
    sums: Float
    tops: Float | None = None
    units: Float | None = None

    @classmethod
    def cells(cls, magnitudes: Float, norm: float) -> _Measured:
        """Return every cell as a window of its own."""
        units = _units(magnitudes, norm)
        if np.all(units == 1) and norm in _PLAIN:
            return cls(norm, _power(magnitudes, norm))
        return cls(norm, _power(magnitudes / units, norm), magnitudes, units)

    def together(self, axes: Sequence[WindowAxis], place: int) -> _Measured:
        """Return the windows along the axis ``place``, where those after it are done."""
        axis, whole = axes[place], (slice(None),) * (self.sums.ndim - len(axes) + place)
        if self.tops is None or self.units is None:
            return replace(self, sums=_along(self.sums, axes, place, np.add))
        tops = _along(self.tops, axes, place, np.maximum)
        units = _units(tops, self.norm)
        sums = np.zeros(tops.shape)
        for _, (stops,) in positions([axis]):
            at = (*whole, stops)
            # A part is at most the whole; it is measured by more only where it is 0, by 1.
            ratio = np.minimum(self.units[at] / units, 1)
            sums += self.sums[at] * _power(ratio, self.norm)
        return _Measured(self.norm, sums, tops, units)

    def lengths(self) -> Float:
        """Return the roots, measured by 1."""
        lengths = _root(self.sums, self.norm)
        return lengths if self.units is None else lengths * self.units


def _units(tops: Float, norm: float) -> Float:
    """Return by what to measure windows with the largest magnitudes ``tops``: 1 where that does as well."""
    plain = (tops == 0) | ~np.isfinite(tops)
    if norm in _PLAIN:
        least, most = _SAFE if norm > 1 else (0, _LARGEST)
        plain |= (tops >= least) & (tops <= most)
    return np.where(plain, 1.0, tops)


def _along(
    array: Float, axes: Sequence[WindowAxis], place: int, combine: Callable[[Array, Array], Array]
) -> Float:
    """Combine the cells of the windows along one axis."""
    last = array.ndim - len(axes) + place
    reduced = sliding.reduce_windows(np.moveaxis(array, last, -1), [axes[place]], combine)
    return np.moveaxis(reduced.astype(np.float64, copy=False), -1, last)


def _shared(
    each: Float, whole: Float, parts: Float, axes: Sequence[WindowAxis], place: int, norm: float
) -> Float:
    """Return what ``parts`` get of ``each``: (part / whole)^(p - 1) of it, added up along one axis."""
    axis, before = axes[place], (slice(None),) * (each.ndim - len(axes) + place)
    whole = np.where(whole == 0, np.inf, whole)
    # A row that is infinite is all of its box; which cell makes it so, the row itself will tell.
    endless = place < len(axes) - 1 and bool(np.isinf(parts).any())
    total = np.zeros(parts.shape)
    for _, (stops,) in positions([axis]):
        at = (*before, stops)
        share = _power(parts[at] / whole, norm - 1)
        if endless:
            share[np.isinf(parts[at]) & np.isinf(whole)] = 1
        total[at] += each * share
    return total


def _power(magnitudes: Float, norm: float) -> Float:
    """Return x^norm; whole numbers stay whole, and exact as far as doubles go."""
    if norm == 2:
        return magnitudes * magnitudes
    return magnitudes if norm == 1 else np.power(magnitudes, norm)


def _root(sums: Float, norm: float) -> Float:
    """Return x^(1/norm), correctly rounded for squares."""
    if norm == 1:
        return sums
    if norm == 3:
        return np.cbrt(sums)
    return np.sqrt(sums) if norm == 2 else np.power(sums, 1 / norm)


lp_pool1d, lp_pool2d, lp_pool3d = map(LpPooling, (1, 2, 3))
