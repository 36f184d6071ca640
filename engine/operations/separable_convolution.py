"""Spatially separable convolution: a column, then a row, in place of the whole kernel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import prod
from typing import TypeAlias

import numpy as np

from engine.algorithms import Factors, check_per_map, factor, positions, sliding, work_type
from engine.basics import Array, Float, Number, Shape, ShapeError, Text, is_whole, largest, other_weights
from engine.declaration import (
    OUTPUT,
    Call,
    Counts,
    Integer,
    Layout,
    Output,
    Params,
    Plan,
    Recipe,
    outputs_of,
    product,
    total,
)
from engine.families import (
    CONVOLUTION,
    DIVISOR,
    INPUT,
    PADDING,
    PADDING_MODE,
    SIZE,
    STRIDE,
    WEIGHT,
    KernelOperation,
    WindowOperation,
    batched,
    follow,
    need_weights,
)
from engine.recipes import Windows, by_map, lines
from engine.trace import Cell, Parts, Trace
from engine.windows import WindowAxis, pad, unpad

TERMS = Integer(
    "terms",
    None,
    Text("Terms", "项数"),
    Text(
        "How many columns times rows are added up. Left out: as many as the kernel's rank, which gives "
        "the whole kernel; fewer give the nearest kernel of that rank.",
        "把多少个“列乘行”相加。不填：等于核的秩，得到整个核；更少：得到该秩下最接近的核。",
    ),
    keyword_only=True,
)
Pair: TypeAlias = "tuple[WindowAxis, WindowAxis]"
_ROUNDED = 2**40
"""Whole sums up to here are told apart by what the decomposition's rounding leaves of them."""


class SeparableConvolution(KernelOperation, WindowOperation):
    """separable_conv2d(input, weight, stride=1, padding=0, *, divisor=None, padding_mode, terms=None).

    Filters each channel by itself with one kernel, factored by singular value decomposition into
    columns v and rows h: a pass with each column down the picture, then one with its row across,
    output[c, y, x] = sum over t, j, i of h[t, j] v[t, i] input[c, y s + i - p, x s + j - p], divided
    by divisor[c]. A kernel of rank 1 (Sobel, Gauss, box) needs one term, and for 3x3 on 6x6 cells 120
    multiplications instead of 144 (engine.algorithms.factors has both counts); most kernels need more, up to
    min(kh, kw). With fewer terms than the rank the kernel is the nearest one of that rank (Eckart and
    Young, "The approximation of one matrix by another of lower rank", 1936).

    Shapes: input (C, H, W) or (N, C, H, W); weight (kh, kw); divisor one number or one per channel.
    Output (C, oh, ow), float32 (float64 if given float64, or if whole numbers need it to stay
    exact). Further outputs: intermediate (C, oh, W), what the first column gives; vertical (M, kh) and
    horizontal (M, kw) with M = min(kh, kw), the factors, strongest first, 0 beyond the rank; rank ().
    Whole kernels of rank 1 have whole factors.

    The multiplications in a layout are those of ``terms`` terms; where shapes alone are known, and
    not the kernel, of one. The gradient by weight is that of the whole kernel where terms is left
    out, and where it is given that of the nearest kernel of this rank.

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> gauss = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]])
    >>> engine.separable_conv2d(np.ones((1, 4, 4), int), gauss).tolist()
    [[[16.0, 16.0], [16.0, 16.0]]]
    >>> engine.separable_conv2d.call(np.ones((1, 6, 6)), gauss).layout.macs
    120
    """

    name = "separable_conv2d"
    title = Text("Separable convolution", "空间可分离卷积")
    summary = Text(
        "A kernel that is a column times a row filters in two short passes: down, then across.",
        "能写成“列乘行”的核分两趟短的滤波：先竖后横。",
    )
    family = CONVOLUTION
    linear = True
    sums_channels = True
    inputs = (INPUT, WEIGHT, DIVISOR)
    outputs = (
        OUTPUT,
        Output("intermediate", Text("After the column", "竖直一趟之后")),
        Output("vertical", Text("Columns", "列因子")),
        Output("horizontal", Text("Rows", "行因子")),
        Output("rank", Text("Rank", "秩")),
    )
    parameters = (SIZE, STRIDE, PADDING, PADDING_MODE, TERMS)

    def bound(self, arrays: Mapping[str, Array], plan: Plan) -> Call:
        """Check everything; count as many terms as the kernel's rank where none are asked for."""
        call = super().bound(arrays, plan)
        if call.asked.given(TERMS) is not None:
            return call
        needed = call.params.replace(TERMS, max(factor(call.inputs["weight"]).rank, 1))
        shapes = {name: array.shape for name, array in call.inputs.items()}
        return replace(call, layout=self.layout(shapes, needed))

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Read kernel_size off the weights, where there are any."""
        weight = shapes.get("weight")
        if weight is None:
            need_weights(self.name, params, SIZE)
            return params
        if len(weight) != 2 or 0 in weight:
            raise other_weights(weight, "(kh, kw)", Text("be one kernel of", "权重须为一个核，"))
        return follow(params, SIZE, weight)

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; there are at most as many terms as the kernel has rows or columns."""
        shape = self.input_shape(shapes)
        most, terms = min(params.get_of(SIZE)), params.given(TERMS) or 1
        if terms > most:
            raise ShapeError(
                "terms",
                Text(
                    "{name} is {asked}; a kernel of {size} has {min} to {max}.",
                    "{name}为 {asked}；{size} 的核有 {min} 到 {max} 项。",
                ),
                field="terms",
                values={
                    "name": "terms",
                    "size": " x ".join(map(str, params.get_of(SIZE))),
                    "asked": terms,
                    "min": 1,
                    "max": most,
                },
                advice=Text(
                    "A kernel with more rows and columns is a sum of more terms.",
                    "行列更多的核可以是更多项之和。",
                ),
            )
        check_per_map("divisor", shapes.get("divisor"), shape[-3], 1)
        rows, columns = axes = self.axes(shapes, params)
        maps = prod(shape[:-2])
        down, across = (rows.reach + 3 * rows.output) * shape[-1], rows.output * columns.reach
        output = (*shape[:-2], rows.output, columns.output)

        def counts() -> Counts:
            vertical = product(between=(rows.output, shape[-1]), weights=rows.kernel)
            horizontal = product(cells=output[-2:], weights=columns.kernel)
            return Counts(
                product(weights=params.get_of(SIZE)),
                product(total(vertical, horizontal), **outputs_of(shape[:-2], 0), terms=terms),
                product(terms - 1, **outputs_of(output, 2)),
            )

        return Layout(
            output,
            axes,
            2,
            counts=counts,
            bytes=8 * (prod(shape) + maps * (down + rows.reach * shape[-1] + 2 * across) + 4 * prod(output)),
            further={
                "intermediate": (*shape[:-2], rows.output, shape[-1]),
                "vertical": (most, rows.kernel),
                "horizontal": (most, columns.kernel),
                "rank": (),
            },
        )

    def sample(
        self, name: str, shapes: Mapping[str, Shape], params: Params, rng: np.random.Generator
    ) -> Array:
        """Draw a column times a row, of the size that ``params`` ask for, or 3 a side."""
        if name != "weight":
            return rng.uniform(0.5, 2, 1).astype(np.float32)
        height, width = params.given(SIZE) or tuple(min(3, n) for n in shapes["input"][-2:])
        drawn = np.outer(rng.standard_normal(height), rng.standard_normal(width))
        return (drawn / np.sqrt(height * width)).astype(np.float32)

    def forward_maps(self, call: Call, maps: range) -> Array:
        """Pass down and across once for each term, add up, divide."""
        factors = factor(call.inputs["weight"])
        work, kind = self._kinds(call, factors)
        array = batched(self.channels_of(call, maps))
        _, across = _passes(self.axes_of(call))
        total: Float | None = None
        for term in range(max(min(_terms(call, factors), factors.rank), 1)):
            down = self._down(call, array, factors, term, work)
            found = _slide(pad(down, across), factors.horizontal[term], across, work)
            total = found if total is None else np.add(total, found, out=total)
        assert total is not None
        if self._is_rounded_whole(call, factors):
            total = np.rint(total)
        return self.finish(call, total, kind, maps)

    def further(self, call: Call, output: Array) -> Mapping[str, Array]:
        """Return what the strongest column gives, the factors and the rank."""
        factors = factor(call.inputs["weight"])
        work, kind = self._kinds(call, factors)
        down = self._down(call, call.inputs["input"], factors, 0, work)
        return {
            "intermediate": down.astype(kind, copy=False),
            "vertical": factors.vertical,
            "horizontal": factors.horizontal,
            "rank": np.array(factors.rank),
        }

    def _down(
        self, call: Call, array: Array, factors: Factors, term: int, kind: np.dtype[np.floating]
    ) -> Float:
        """Return the channels (..., H, W) filtered with one column, shape (..., oh, W)."""
        axes, _ = _passes(self.axes_of(call))
        return _slide(pad(array, axes), factors.vertical[term], axes, kind)

    def _kinds(self, call: Call, factors: Factors) -> tuple[np.dtype[np.floating], np.dtype[np.floating]]:
        """Return the type in which to sum, and that of the result.

        Whole factors stay exact in the type that holds the whole kernel's sums; the others take
        float64, so that what they leave of a float32 result is its own rounding.
        """
        array, weight = call.inputs["input"], call.inputs["weight"]
        work = work_type(array, weight[None])
        given_single = array.dtype == np.float32 and weight.dtype != np.float64
        return work if factors.whole else np.dtype(np.float64), np.dtype(np.float32) if given_single else work

    def _is_rounded_whole(self, call: Call, factors: Factors) -> bool:
        """Tell whether the sums are whole numbers of which factors that are not have left fractions."""
        array, weight = call.inputs["input"], call.inputs["weight"]
        if factors.whole or _terms(call, factors) < factors.rank:
            return False
        bound = largest(array) * float(np.abs(weight.astype(np.float64)).sum())
        return bound < _ROUNDED and is_whole(array) and is_whole(weight)

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Go back as the convolution with the kernel that the terms make up."""
        axes, array, weight = self.axes_of(call), call.inputs["input"], call.inputs["weight"]
        kind = gradient.dtype
        by_sums, _ = self.unfinish(call, gradient, kind)
        planes = _planes(array)
        whole = _planes(by_sums)
        factors = factor(weight)
        terms = _terms(call, factors)
        by_kernel = sliding.kernel_gradient(pad(planes, axes), whole, axes, kind)[0, 0, 0]
        if call.params.given(TERMS) is not None:
            by_kernel = factors.kernel_gradient(by_kernel, terms)
        bank = factors.product(terms)[None, None, None]
        by_input = unpad(sliding.scatter(whole, bank, axes, kind), axes)
        return {"input": by_input.reshape(array.shape), "weight": by_kernel}

    def recipe(self, call: Call) -> Recipe:
        """Return the two passes with the columns and rows of a singular value decomposition."""
        shape, mode = call.inputs["input"].shape, call.params.get_of(PADDING_MODE)
        windows = Windows(self.axes_of(call), len(shape))
        high, wide = windows.axes
        terms = max(min(_terms(call, factor(call.inputs["weight"])), high.kernel, wide.kernel), 1)
        numpy, torch = by_map(call, "divisor", "/", shape[-3], 2)
        factors = (
            "u, s, v = {}.linalg.svd(weight, full_matrices=False)\n"
            f"columns, rows = u[:, :{terms}].T, s[:{terms}, None] * v[:{terms}]"
        )
        down = f"sliding_window_view(x, {high.kernel}, axis=-2)[..., ::{high.stride}, :, :]"
        across = f"sliding_window_view(down, {wide.kernel}, axis=-1)[..., ::{wide.stride}, :]"
        return Recipe(
            lines(
                factors.format("np"),
                windows.numpy_pad(),
                f'down = np.einsum("...yxi,ti->...tyx", {down}, columns)',
                f'output = np.einsum("...tyxj,tj->...yx", {across}, rows)',
                numpy,
            ),
            lines(
                "# PyTorch has no such function: two convolutions, with every channel by itself.",
                factors.format("torch"),
                windows.torch_pad("constant" if mode == "zeros" else mode),
                "x = x.reshape(-1, 1, *x.shape[-2:])",
                f"down = F.conv2d(x, columns[:, None, :, None], stride=({high.stride}, 1))",
                f"output = F.conv2d(down, rows[None, :, None, :], stride=(1, {wide.stride}))",
                f"output = output.reshape{call.layout.output}",
                torch,
            ),
            terms=f"{windows.view()}[k, row, column] * (columns.T @ rows)",
            parts="output[k : k + 1]",
        )

    def parts(self, call: Call, number: int) -> Parts:
        """Return the map itself: each is made of one channel."""
        channels = range(number, number + 1)
        return Parts(channels, None, call.layout.output[-2:], lambda _: self.forward_maps(call, channels))

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the products of one window with the kernel that the terms make up."""
        factors = factor(call.inputs["weight"])
        kernel = factors.product(_terms(call, factors))
        return self.trace_of(call, cell, value, range(cell[0], cell[0] + 1), kernel)


def _terms(call: Call, factors: Factors) -> int:
    """Return how many terms to add up: as many as the rank where none are asked for."""
    asked = call.params.given(TERMS)
    return factors.rank if asked is None else asked


def _planes(array: Array) -> Array:
    """Return the channels (..., H, W), of a batch or not, as planes (P, 1, 1, H, W)."""
    return array.reshape(prod(array.shape[:-2]), 1, 1, *array.shape[-2:])


def _slide(padded: Array, entries: Float, axes: Pair, kind: np.dtype[np.floating]) -> Float:
    """Return the padded channels (..., *reaches) filtered with a column or a row, summed in ``kind``.

    Entry by entry: for so few, quicker than the matrix products of whole kernels.
    """
    padded, entries = padded.astype(kind, copy=False), entries.astype(kind)
    total = np.zeros((*padded.shape[:-2], *(axis.output for axis in axes)), kind)
    share = np.empty_like(total)
    for entry, (_, stops) in zip(entries, positions(axes), strict=True):
        np.multiply(padded[(..., *stops)], entry, out=share)
        np.add(total, share, out=total)
    return total


def _passes(
    axes: Sequence[WindowAxis],
) -> tuple[tuple[WindowAxis, WindowAxis], tuple[WindowAxis, WindowAxis]]:
    """Return the axes of the pass down, which keeps the width, and of the pass across."""
    rows, columns = axes
    return (rows, WindowAxis("width", columns.size)), (WindowAxis("height", rows.output), columns)


separable_conv2d = SeparableConvolution(2)
