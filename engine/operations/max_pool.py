"""Max pooling in one, two and three dimensions, with the cells that won."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import prod

import numpy as np

from engine.algorithms import positions, sliding
from engine.basics import Array, Float, Indices, Number, Shape, Text, float_for
from engine.declaration import OUTPUT, Call, Layout, Output, Params, Recipe
from engine.families import CEIL_MODE, DILATION, KERNEL_SIZE, PADDING, STRIDE_OF_POOL, Pooling
from engine.recipes import SPOTS, Windows, lines
from engine.trace import Cell, Trace
from engine.windows import OUTSIDE, WindowAxis, pad

_CELLS_AT_ONCE = 2**16


class MaxPooling(Pooling):
    """max_pool{n}d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False).

    In two dimensions output[c, y, x] = max over i, j of input[c, y s + i d - p, x s + j d - p];
    padding holds minus infinity, so it never wins; of equal cells the first in reading order wins,
    and a cell that is not a number wins over all, as in PyTorch. The gradient goes to the winner.
    Source: Zhou and Chellappa, "Computation of optical flow using a neural network", 1988.

    Shapes: input (C, ...) or (N, C, ...) with {n} axes in place of the dots, output the same with
    pooled sizes; floats keep their type, whole numbers come out as float32 (float64 where they need
    it). A second output, indices, numbers the winning cell within its channel, as PyTorch does.

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.max_pool{n}d(np.ones((1, {fives})), 3, stride=1).shape
    (1, {threes})
    """

    outputs = (OUTPUT, Output("indices", Text("Winning cells", "胜出的格")))
    basic = True
    name = "max_pool{n}d"
    title = Text("Max pooling", "最大池化")
    summary = Text(
        "Each window passes on its largest value; every channel is pooled by itself.",
        "每个窗口只传下最大的值；各通道分别池化。",
    )
    parameters = (KERNEL_SIZE, STRIDE_OF_POOL, PADDING, DILATION, CEIL_MODE)

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; the winners are as many as the outputs."""
        layout = super().layout(shapes, params)
        return replace(layout, bytes=2 * layout.bytes, further={"indices": layout.output})

    def forward_maps(self, call: Call, maps: range) -> Array:
        """Reduce every window with the maximum."""
        whole = call.inputs["input"]
        array = self.channels_of(call, maps)
        axes = self.axes_of(call)
        largest = sliding.reduce_windows(pad(array, axes, _lowest(array)), axes, np.maximum)
        # A window of one cell reduces nothing, and the caller's array is not ours to give.
        return largest.astype(float_for(whole), copy=np.may_share_memory(largest, whole))

    def _winners(self, call: Call) -> Indices:
        """Return which cell of its channel won each window, shape (..., *outputs).

        The last axis first, as the values are reduced: of equal rows the first one wins, and in it
        the first cell.
        """
        array = call.inputs["input"]
        axes = self.axes_of(call)
        best = pad(array, axes, _lowest(array))
        won: Indices = np.zeros((1,) * best.ndim, np.intp)
        for place in reversed(range(self.dims)):
            below = prod(array.shape[array.ndim - self.dims + place + 1 :])
            best, won = _reduce(best, won, axes[place], best.ndim - self.dims + place, below)
        return won

    def further(self, call: Call, output: Array) -> Mapping[str, Array]:
        """Return the winners."""
        return {"indices": self._winners(call)}

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Give each window's gradient to the cell that won it."""
        axes = self.axes_of(call)
        # A product with 0 loses every gradient but one that is not finite.
        if all(_inside(axis) for axis in axes) and np.isfinite(gradient.sum(dtype=np.float64)):
            return {"input": _spread(call.inputs["input"], gradient, axes)}
        shape = call.inputs["input"].shape
        cells, channels = prod(shape[-self.dims :]), prod(shape[: -self.dims])
        windows = prod(gradient.shape[-self.dims :])
        won = self._winners(call).reshape(channels, windows) + np.arange(channels)[:, None] * cells
        total = np.bincount(won.reshape(-1), gradient.reshape(-1), channels * cells)
        return {"input": total.astype(gradient.dtype).reshape(shape)}

    def recipe(self, call: Call) -> Recipe:
        """Return the largest of each window; padding holds what never wins."""
        array, windows = call.inputs["input"], Windows(self.axes_of(call), call.inputs["input"].ndim)
        lowest = "-np.inf" if array.dtype.kind == "f" else "np.iinfo(np.int64).min"
        pad = None if windows.poolable else windows.torch_pad(value="-torch.inf")
        pooled = f"F.max_pool{self.dims}d(x, {windows.torch_pooling()}"
        return Recipe(
            lines(windows.numpy(lowest), f"output = windows.max(axis={windows.last})"),
            lines(pad, f"output = {pooled})"),
            terms=f"windows[k, {SPOTS[self.dims]}]",
            reduction="max",
            further={"indices": self._numbered(call, windows, pooled)},
        )

    def _numbered(self, call: Call, windows: Windows, pooled: str) -> tuple[str, str]:
        """Return the lines (NumPy, PyTorch) for the numbers of the winning cells."""
        cells, output = call.inputs["input"].shape[-self.dims :], call.layout.output
        count = prod(windows.kernel)
        numpy = lines(
            f"numbers = np.arange({prod(cells)}).reshape{cells}",
            replace(windows, rank=self.dims).numpy(name="numbers", of="numbers"),
            f"numbers = np.broadcast_to(numbers.reshape{(*output[-self.dims :], count)}, {(*output, count)})",
            f"winner = windows.reshape{(*output, count)}.argmax(-1)[..., None]",
            "indices = np.take_along_axis(numbers, winner, -1)[..., 0]",
        )
        torch = f"indices = {pooled}, return_indices=True)[1]"
        pad = None if windows.poolable else windows.torch_pad()
        if pad is not None:
            # PyTorch counts the cells of the padding, too.
            numbers = f"torch.arange({prod(cells)}).reshape{(1, *cells)}"
            torch = lines(
                torch,
                pad.replace("x = F.pad(x", f"numbers = F.pad({numbers}"),
                "indices = numbers.flatten()[indices]",
            )
        return numpy, torch

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cells of the window and which one won."""
        sources, positions, values = self.reads(call, cell, fill=-np.inf)
        real = np.flatnonzero(sources[:, 1] != OUTSIDE)
        chosen = int(real[np.argmax(values[real])])
        return Trace(self.name, cell, sources, positions, values, value, reduction="max", chosen=chosen)


def _reduce(
    cells: Array, numbers: Indices, axis: WindowAxis, along: int, below: int
) -> tuple[Array, Indices]:
    """Return the largest of each window along one axis, and the number of the cell that it is.

    ``numbers`` (broadcast against ``cells``) are those of the cells within what lies ``below`` this axis,
    cells per step. Where padding ties with the lowest number there is, only a real cell may win.
    """
    whole = (slice(None),) * along
    shape = [1] * cells.ndim
    shape[along] = axis.output
    sources = axis.sources
    best: Array | None = None
    won, held = numbers, np.zeros(shape, bool)
    for _, (stops,) in positions([axis]):
        value = cells[(*whole, stops)]
        number = numbers[(*whole, stops)] if numbers.shape[along] > 1 else numbers
        at = sources[stops].reshape(shape)
        number, real = number + at * below, at != OUTSIDE
        if best is None:
            best, won = value, np.broadcast_to(number, value.shape)
        else:
            first_nan = np.isnan(value) & ~np.isnan(best)
            better = real & (~held | (value > best) | first_nan)
            best, won = np.where(better, value, best), np.where(better, number, won)
        held = held | real
    assert best is not None
    return best, won


def _inside(axis: WindowAxis) -> bool:
    """Tell whether no window reaches into padding."""
    return axis.before == 0 and axis.reach <= axis.size


def _spread(array: Array, gradient: Float, axes: Sequence[WindowAxis]) -> Float:
    """Return each window's gradient on its winner, for windows without padding.

    Some maps at a time, so that what is in work stays in the processor's cache.
    """
    dims = len(axes)
    maps = array.reshape(-1, *array.shape[-dims:])
    sent = gradient.reshape(-1, *gradient.shape[-dims:])
    total = np.zeros(maps.shape, gradient.dtype)
    step = max(1, _CELLS_AT_ONCE // max(prod(maps.shape[1:]), 1))
    for first in range(0, len(maps), step):
        some = slice(first, first + step)
        _spread_maps(maps[some], sent[some], axes, total[some])
    return total.reshape(array.shape)


def _spread_maps(maps: Array, gradient: Float, axes: Sequence[WindowAxis], total: Float) -> None:
    """Write the gradient into ``total``, multiplied by 1 where a cell won: faster than choosing cells."""
    largest = sliding.reduce_windows(maps, axes, np.maximum)
    missing = maps.dtype.kind == "f" and bool(np.isnan(largest).any())
    waiting = np.ones(largest.shape, np.bool_)
    apart = all(axis.stride >= axis.extent for axis in axes)
    for _, stops in positions(axes):
        value = maps[(..., *stops)]
        won = value == largest
        if missing:
            won |= np.isnan(value)
        won &= waiting
        waiting ^= won
        if apart:
            np.multiply(gradient, won.view(np.uint8), out=total[(..., *stops)])
        else:
            total[(..., *stops)] += gradient * won.view(np.uint8)


def _lowest(array: Array) -> float:
    return -np.inf if array.dtype.kind == "f" else np.iinfo(array.dtype.name).min


max_pool1d, max_pool2d, max_pool3d = map(MaxPooling, (1, 2, 3))
