"""Max unpooling in one, two and three dimensions: what won goes back to where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import prod

import numpy as np

from engine.basics import (
    CELLS,
    Array,
    Float,
    Indices,
    Number,
    ParameterError,
    Shape,
    ShapeError,
    Text,
    float_for,
    is_whole,
)
from engine.declaration import Call, Input, Integers, Layout, Parameter, Params, Plan, Recipe
from engine.families import INPUT, KERNEL_SIZE, PADDING, POOLING, STRIDE_OF_POOL, SpatialOperation
from engine.recipes import arguments, lines, one_or_all
from engine.trace import Cell, Trace
from engine.windows import AXIS_NAMES, CUT_LESS

UNPADDING = replace(
    PADDING,
    words=(),
    help=Text(
        "Cells of padding that the pooling had added; they are cut off again.",
        "池化时添加的填充格数；这里再裁掉。",
    ),
)
OUTPUT_SIZE = Integers(
    "output_size",
    None,
    Text("Output size", "输出大小"),
    Text(
        "The size before pooling, where stride and kernel leave it open; less than a stride from the usual.",
        "池化前的大小；步幅和核不能唯一确定时给出，与通常大小之差须小于步幅。",
    ),
    CELLS,
    limit="cells",
)


class MaxUnpooling(SpatialOperation):
    """max_unpool{n}d(input, indices, kernel_size, stride=None, padding=0, output_size=None).

    The way back from max pooling: output[c] is 0 but for output[c] at the cell numbered indices[c, y, x],
    which is input[c, y, x]. Where a number stands twice, the last one in reading order is kept (and has the
    gradient), as PyTorch does on a processor. Source: Zeiler and Fergus, "Visualizing and understanding
    convolutional networks", 2014, section 2.1.

    Shapes: input (C, ...) or (N, C, ...) with {n} axes in place of the dots; indices the same, whole
    numbers that count the cells of an output channel in reading order, as max_pool{n}d gives them.
    Along each axis the output has (n - 1) stride - 2 padding + kernel_size cells, or output_size. Floats
    keep their type, whole numbers come out as float32 (float64 where they need it).

    Raises ParameterError (indices that are not cells of the output) and ShapeError, which name the
    parameter and what is allowed.

    >>> pooled = engine.max_pool{n}d.call(np.ones((1, {fives})), 3).outputs()
    >>> engine.max_unpool{n}d(pooled["output"], pooled["indices"], 3).shape
    (1, {threes})
    """

    family = POOLING
    linear = True
    spreads = True
    inputs = (INPUT, Input("indices", "places", Text("Winning cells", "胜出的格"), differentiable=False))
    name = "max_unpool{n}d"
    title = Text("Max unpooling", "最大反池化")
    summary = Text(
        "Every value goes back to the cell it was the largest at; all other cells are 0.",
        "每个值回到它当初胜出的格，其余各格为 0。",
    )
    parameters = (KERNEL_SIZE, STRIDE_OF_POOL, UNPADDING, OUTPUT_SIZE)

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Let the stride be the kernel size and the output as large as they say, unless given."""
        if params.given(STRIDE_OF_POOL) is None:
            params = params.replace(STRIDE_OF_POOL, params.get_of(KERNEL_SIZE))
        if params.given(OUTPUT_SIZE) is None:
            params = params.replace(OUTPUT_SIZE, self._usual(shapes, params))
        return params

    def candidates(
        self, parameter: Parameter[object], shapes: Mapping[str, Shape], settled: Params
    ) -> Sequence[int] | None:
        """Try only output sizes less than a stride from the usual one."""
        if parameter.name != OUTPUT_SIZE.name:
            return None
        usual, stride = self._usual(shapes, settled), settled.get_of(STRIDE_OF_POOL)
        ends = [(size - step + 1, size + step) for size, step in zip(usual, stride, strict=True)]
        return range(max(min(least for least, _ in ends), 1), max(past for _, past in ends))

    def _usual(self, shapes: Mapping[str, Shape], params: Params) -> Shape:
        """Return the size law's output: (n - 1) stride - padding + kernel along each axis."""
        sizes = self.input_shape(shapes)[-self.dims :]
        sides = params.get_of(UNPADDING)
        kernel, stride = params.get_of(KERNEL_SIZE), params.get_of(STRIDE_OF_POOL)
        assert not isinstance(sides, str)
        return tuple(
            (size - 1) * stride[place] - sides[2 * place] - sides[2 * place + 1] + kernel[place]
            for place, size in enumerate(sizes)
        )

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes, each less than a stride from the size law's."""
        shape = self.input_shape(shapes)
        indices = shapes.get("indices", shape)
        if indices != shape:
            raise ShapeError(
                "indices_shape",
                Text(
                    "indices must have the input's shape, {expected}; it has {shape}.",
                    "索引的形状必须与输入相同：{expected}；这里是 {shape}。",
                ),
                field="indices",
                values={"shape": list(indices), "expected": list(shape)},
            )
        usual, stride = self._usual(shapes, params), params.get_of(STRIDE_OF_POOL)
        asked = params.get_of(OUTPUT_SIZE)
        for place, name in enumerate(AXIS_NAMES[self.dims]):
            _check_size(name, asked[place], usual[place], stride[place])
        output = (*shape[: -self.dims], *asked)
        return Layout(output, (), self.dims, bytes=32 * prod(shape) + 24 * prod(output))

    def check_values(self, inputs: Mapping[str, Array]) -> None:
        """Refuse indices that are not whole."""
        if not is_whole(inputs["indices"]):
            raise ParameterError(
                "indices_whole",
                Text("indices must be whole numbers: they count cells.", "索引必须是整数：它们给格编号。"),
                field="indices",
            )

    def bound(self, arrays: Mapping[str, Array], plan: Plan) -> Call:
        """Check everything; indices too, now that the size of the output is known."""
        call = super().bound(arrays, plan)
        indices, cells = call.inputs["indices"], prod(call.layout.output[-self.dims :])
        if indices.size and not (indices.min() >= 0 and indices.max() < cells):
            first = next(int(end) for end in (indices.min(), indices.max()) if not 0 <= end < cells)
            raise ParameterError(
                "indices_range",
                Text(
                    "indices holds {asked}; with {cells} cells in a channel of the output they must be {min} "
                    "to {max}.",
                    "有索引为 {asked}；输出的一个通道有 {cells} 格，可取 {min} 到 {max}。",
                ),
                field="indices",
                values={"asked": first, "cells": cells, "min": 0, "max": cells - 1},
            )
        return call

    def sample(
        self, name: str, shapes: Mapping[str, Shape], params: Params, rng: np.random.Generator
    ) -> Array:
        """Draw for each cell of the input a winner in the window it stands for."""
        settled = self.settle(shapes, params)
        sides, output = settled.get_of(UNPADDING), settled.get_of(OUTPUT_SIZE)
        kernel, stride = settled.get_of(KERNEL_SIZE), settled.get_of(STRIDE_OF_POOL)
        shape = shapes["input"]
        number = np.zeros(shape, np.int64)
        for place in range(self.dims):
            last = max(output[place] - 1, 0)
            starts = np.arange(shape[place - self.dims]) * stride[place] - int(sides[2 * place])
            starts = starts.reshape(-1, *[1] * (self.dims - 1 - place))
            cells = np.clip(starts + rng.integers(0, kernel[place], shape), 0, last)
            number = number * (last + 1) + cells
        return number

    def forward_maps(self, call: Call, maps: range) -> Array:
        """Put every value where its number says."""
        array, places = call.inputs["input"], self._places(call, maps)
        values = self.channels_of(call, maps)
        shape = (*values.shape[: -self.dims], *call.layout.output[-self.dims :])
        output = np.zeros(prod(shape), float_for(array))
        output[places] = values.reshape(-1)
        return output.reshape(shape)

    def _places(self, call: Call, maps: range) -> Indices:
        """Return where each value of some channels goes in their outputs seen as one line."""
        indices = self.channels_of(call, maps, "indices").astype(np.intp)
        channels = prod(indices.shape[: -self.dims])
        first = np.arange(channels) * prod(call.layout.output[-self.dims :])
        return (indices.reshape(channels, prod(indices.shape[-self.dims :])) + first[:, None]).reshape(-1)

    def _kept(self, call: Call) -> tuple[Indices, Array]:
        """Return where each value goes, and whether none after it goes there too; both in one line."""
        places = self._places(call, range(call.layout.output[-1 - self.dims]))
        last = np.zeros(prod(call.layout.output), np.intp)
        number = np.arange(len(places))
        last[places] = number
        return places, last[places] == number

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Fetch the gradient from where each value was put; a value that was written over has none."""
        places, kept = self._kept(call)
        found = np.where(kept, gradient.reshape(-1)[places], gradient.dtype.type(0))
        return {"input": found.reshape(call.inputs["input"].shape)}

    def recipe(self, call: Call) -> Recipe:
        """Return zeros into which every value is put where its number says."""
        shape, output = call.inputs["input"].shape, call.layout.output
        rows, cells = prod(shape[: -self.dims]), output[-self.dims :]
        number = f"np.ravel_multi_index(cell[1:], {cells})"
        return Recipe(
            lines(
                f"output = np.zeros({(rows, prod(cells))}, x.dtype)",
                f"places, values = indices.reshape({rows}, -1), x.reshape({rows}, -1)",
                "np.put_along_axis(output, places, values, axis=1)",
                f"output = output.reshape{output}",
            ),
            lines(
                None
                if self._kept(call)[1].all()
                else "# Some numbers stand twice: of those PyTorch may keep another value than the last.",
                self._torch(call),
            ),
            terms=f"x[k][indices[k] == {number}][-1:]",
        )

    def _torch(self, call: Call) -> str:
        kernel, stride = call.params.get_of(KERNEL_SIZE), call.params.get_of(STRIDE_OF_POOL)
        sides, cells = call.params.get_of(UNPADDING), call.layout.output[-self.dims :]
        first, last = sides[::2], sides[1::2]
        if isinstance(first, str) or isinstance(last, str) or first != last:
            # PyTorch cuts both sides alike.
            output = f"torch.zeros{(prod(call.layout.output[: -self.dims]), prod(cells))}"
            flat = f".reshape({prod(call.layout.output[: -self.dims])}, -1)"
            scattered = f"{output}.to(x.dtype).scatter(1, indices{flat}, x{flat})"
            return f"output = {scattered}.reshape{call.layout.output}"
        options = arguments(stride=one_or_all(stride), padding=one_or_all(first), output_size=cells)
        return f"output = F.max_unpool{self.dims}d(x, indices, {one_or_all(kernel)}{options})"

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the value that was put here, or no term at all."""
        array, indices = call.inputs["input"][cell[0]], call.inputs["indices"][cell[0]]
        number = np.ravel_multi_index(cell[1:], call.layout.output[-self.dims :])
        found = np.argwhere(indices == number)[-1:]
        sources = np.concatenate([np.full((len(found), 1), cell[0]), found], axis=1).astype(np.intp)
        values = array[tuple(found.T)]
        return Trace(self.name, cell, sources, np.zeros((len(found), 1), np.intp), values, value)


def _check_size(axis: str, asked: int, usual: int, stride: int) -> None:
    least, most = max(usual - stride + 1, 1), usual + stride - 1
    if usual < 1 and asked == usual:
        raise ShapeError(
            "padding_beyond",
            Text(
                "Along the {axis}, padding cuts off everything: {excess} cells fewer would leave one.",
                "沿{axis}方向，填充把一切都裁掉了：少 {excess} 格才会剩下一格。",
            ),
            field="padding",
            values={"axis": axis, "excess": 1 - usual},
            advice=CUT_LESS,
        )
    if not least <= asked <= most:
        raise ShapeError(
            "output_size",
            Text(
                "Along the {axis}, output_size is {asked}; with this kernel, stride and padding it may be "
                "{min} to {max}.",
                "沿{axis}方向输出大小为 {asked}；在这样的核、步幅和填充下可取 {min} 到 {max}。",
            ),
            field="output_size",
            values={"axis": axis, "asked": asked, "min": least, "max": most},
            advice=Text(
                "Leave the output size to follow by itself, or change kernel, stride or padding with it.",
                "让输出大小自动得出，或同时改变核、步幅或填充。",
            ),
        )


max_unpool1d, max_unpool2d, max_unpool3d = map(MaxUnpooling, (1, 2, 3))
