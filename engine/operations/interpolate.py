"""Resizing a picture: every output cell reads the nearest cell, or blends its neighbours."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import TypeAlias, cast

from engine.basics import CELLS, Array, Float, Number, ParameterError, Shape, ShapeError, Text, float_for
from engine.declaration import (
    Call,
    Choice,
    Counts,
    Flag,
    Integers,
    Json,
    Layout,
    Limits,
    Parameter,
    Params,
    Recipe,
    outputs_of,
    product,
    total,
)
from engine.families import INPUT, SHAPING, SpatialOperation
from engine.recipes import arguments, lines
from engine.trace import Cell, Trace
from engine.windows import AXIS_NAMES, OUTSIDE, ResampleAxis, blend, unblend

ScaleValue: TypeAlias = "float | tuple[float, ...]"


@dataclass(frozen=True)
class Scale(Parameter[ScaleValue]):
    """How many output cells stand for one of the input: one number, or one for each of ``axes`` axes."""

    axes: int = 2
    least: float = 0.01
    most: float = 100
    step: float = 0.25

    def parse(self, value: object, limits: Limits) -> ScaleValue:
        """Return the number or numbers as floats."""
        items = list(cast("Sequence[object]", value)) if isinstance(value, list | tuple) else [value]
        numbers = [
            float(item)
            for item in items
            if isinstance(item, int | float)
            and not isinstance(item, bool)
            and self.least <= item <= self.most
        ]
        if len(numbers) != len(items) or len(items) not in (1, self.axes):
            raise self.refuse(limits)
        return tuple(numbers) if len(numbers) > 1 else numbers[0]

    def allowed(self, limits: Limits) -> Text:
        """Return the range in words."""
        words = Text("a number from {min} to {max}, or [{axes}]", "在 {min} 到 {max} 之间，或为 [{axes}]")
        return words.put(axes=", ".join(AXIS_NAMES[self.axes]))

    def schema(self, limits: Limits) -> dict[str, Json]:
        """Return the schema of one number or a list of them."""
        one: dict[str, Json] = {"type": "number", "minimum": self.least, "maximum": self.most}
        many: list[Json] = [
            {"type": "array", "items": one, "minItems": n, "maxItems": n} for n in (1, self.axes)
        ]
        return {"anyOf": [one, *many]}

    def domain(self, limits: Limits) -> dict[str, Json]:
        """Return the range of one number."""
        return {"kind": "number", "min": self.least, "max": self.most, "step": self.step}


SIZE = Integers(
    "size",
    None,
    Text("Size", "大小"),
    Text(
        "How many cells come out along each axis; or give a scale.",
        "每个方向输出多少格；也可以改用缩放倍数。",
    ),
    CELLS,
    limit="channels",
)
SCALE_FACTOR = Scale(
    "scale_factor",
    None,
    Text("Scale", "缩放倍数"),
    Text(
        "How many times as large the output is, rounded down; or give a size.",
        "输出放大多少倍，向下取整；也可以改用大小。",
    ),
    start=2,
)
MODE = Choice(
    "mode",
    "nearest",
    Text("Mode", "方式"),
    Text(
        "“nearest” copies one cell; “bilinear” blends the four around, the nearer the more.",
        "“nearest”复制一个格；“bilinear”混合周围四个格，越近权重越大。",
    ),
    choices=(("nearest", Text("nearest", "最近邻")), ("bilinear", Text("bilinear", "双线性"))),
)
ALIGN_CORNERS = Flag(
    "align_corners",
    None,
    Text("Align corners", "对齐角点"),
    Text(
        "Bilinear: whether the middles of the corner cells, and not their outer edges, fall together.",
        "双线性：让四角格的中心重合，而不是外边缘重合。",
    ),
)
COORDINATES = {
    "half_pixel": "半像素",
    "half_pixel_symmetric": "对称半像素",
    "pytorch_half_pixel": "PyTorch 半像素",
    "align_corners": "对齐角点",
    "asymmetric": "不对称",
}
ROUNDINGS = {
    "floor": "向下",
    "ceil": "向上",
    "round_prefer_floor": "就近，居中时向下",
    "round_prefer_ceil": "就近，居中时向上",
}
COORDINATE_MODE = Choice(
    "coordinate_transformation_mode",
    None,
    Text("Coordinates", "坐标规则"),
    Text(
        "Where an output cell stands in the input; left out, as PyTorch does: asymmetric for nearest, "
        "half_pixel for bilinear.",
        "输出格对应输入中的哪个位置；省略时与 PyTorch 相同：最近邻用 asymmetric，双线性用 half_pixel。",
    ),
    keyword_only=True,
    choices=tuple((word, Text(word, f"{word}（{said}）")) for word, said in COORDINATES.items()),
)
NEAREST_MODE = Choice(
    "nearest_mode",
    "floor",
    Text("Rounding", "取整方式"),
    Text("Which cell is the nearest; PyTorch takes floor.", "怎样取最近的格；PyTorch 用 floor。"),
    keyword_only=True,
    choices=tuple((word, Text(word, f"{word}（{said}）")) for word, said in ROUNDINGS.items()),
)

_axis = lru_cache(maxsize=256)(ResampleAxis)


class Interpolation(SpatialOperation):
    """interpolate(input, size=None, scale_factor=None, mode="nearest", align_corners=None, *, ...).

    Resizes every channel to size, or to floor(H x scale_factor) by floor(W x scale_factor). Output cell
    i stands at x = i n / o ("nearest", which reads floor(x)) or x = (i + 1/2) n / o - 1/2 ("bilinear");
    with align_corners at x = i (n - 1) / (o - 1). Bilinear takes (1 - t) of cell floor(x) and t =
    x - floor(x) of the next, along rows and along columns; beyond the outer cells it reads those. With
    scale_factor, 1 / scale_factor stands in place of n / o, as in PyTorch. coordinate_transformation_mode
    (half_pixel, half_pixel_symmetric, pytorch_half_pixel, align_corners, asymmetric) and nearest_mode
    (floor, ceil, round_prefer_floor, round_prefer_ceil) are those of ONNX's Resize; its align_corners
    takes n x scale_factor, unrounded, for o. Source: Gonzalez and Woods, "Digital image processing",
    2018, section 2.4.

    Shapes: input (C, H, W) or (N, C, H, W), output the same with other sizes; blended in float64, given
    as float32 (float64 if given float64). PyTorch computes coordinates in float32 and may round
    the last bit otherwise.

    Raises ParameterError (both or none of size and scale_factor, align_corners without bilinear) and
    ShapeError, which name the parameter and what is allowed.

    >>> engine.interpolate(np.array([[[0, 4]]]), [1, 4], mode="bilinear")[0, 0].tolist()
    [0.0, 1.0, 3.0, 4.0]
    """

    family = SHAPING
    inputs = (INPUT,)
    name = "interpolate"
    title = Text("Resizing (interpolate)", "缩放（插值）")
    summary = Text(
        "Makes every channel larger or smaller: each output cell reads the nearest cell, or blends four.",
        "放大或缩小每个通道：每个输出格读取最近的格，或混合四个格。",
    )
    parameters = (SIZE, SCALE_FACTOR, MODE, ALIGN_CORNERS, COORDINATE_MODE, NEAREST_MODE)
    linear = True

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Fill in the coordinate rule; refuse what contradicts itself."""
        if (params.given(SIZE) is None) == (params.given(SCALE_FACTOR) is None):
            raise ParameterError(
                "size_or_scale",
                Text(
                    "Give one of size and scale_factor, and not both: leave one of them empty or automatic.",
                    "请只给大小（size）或缩放倍数（scale_factor）之一：另一个留空或设为自动。",
                ),
                field="size",
            )
        bilinear, aligned = params.get_of(MODE) == "bilinear", bool(params.given(ALIGN_CORNERS))
        asked = params.given(COORDINATE_MODE)
        if aligned and (not bilinear or asked not in (None, "align_corners")):
            raise ParameterError(
                "align_corners",
                Text(
                    "align_corners goes with mode bilinear, and without another "
                    "coordinate_transformation_mode.",
                    "align_corners 只能与 bilinear 一起用，且不能另选坐标规则。",
                ),
                field="align_corners",
                advice=Text(
                    "Take the mode bilinear, and leave the coordinate rule alone.",
                    "请选 bilinear 模式，并不要改坐标规则。",
                ),
            )
        if asked is not None:
            return params
        usual = "half_pixel" if bilinear else "asymmetric"
        return params.replace(COORDINATE_MODE, "align_corners" if aligned else usual)

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes: those asked for, or scaled."""
        shape = self.input_shape(shapes)
        axes = self._axes(shape, params)
        channels = prod(shape[: -self.dims])
        (high, wide), (rows, columns) = shape[-2:], (axis.output for axis in axes)
        cells = channels * rows * columns
        reads = axes[0].kernel

        def counts() -> Counts:
            passes = total(product(between=(rows, wide)), product(cells=(rows, columns)))
            return Counts(macs=product(passes, **outputs_of(shape[: -self.dims], 0), reads=reads))

        return Layout(
            (*shape[: -self.dims], rows, columns),
            axes,
            self.dims,
            counts=counts if reads > 1 else Counts,
            bytes=16 * channels * high * wide + 32 * (channels * rows * wide + cells) + 64 * (rows + columns),
        )

    def _axes(self, shape: Shape, params: Params) -> tuple[ResampleAxis, ...]:
        sizes, asked, scale = shape[-self.dims :], params.given(SIZE), params.given(SCALE_FACTOR)
        rounding = params.get_of(NEAREST_MODE) if params.get_of(MODE) == "nearest" else None
        rules = (params.get_of(COORDINATE_MODE), rounding, bool(params.given(ALIGN_CORNERS)))
        found: list[ResampleAxis] = []
        for place, (name, size) in enumerate(zip(AXIS_NAMES[self.dims], sizes, strict=True)):
            if asked is not None:
                found.append(_axis(name, size, asked[place], None, *rules))
            elif scale is not None:
                factor = scale[place] if isinstance(scale, tuple) else scale
                found.append(_axis(name, size, _scaled(name, size, factor), factor, *rules))
        return tuple(found)

    def forward_maps(self, call: Call, maps: range) -> Array:
        """Read along the columns, then along the rows."""
        whole = call.inputs["input"]
        array = self.channels_of(call, maps)
        for place, axis in enumerate(self._axes(whole.shape, call.params)):
            array = blend(array, axis, place - self.dims)
        return array.astype(float_for(whole), copy=False)

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Give every cell its part of the gradient of what read it."""
        array = call.inputs["input"]
        rows, columns = self._axes(array.shape, call.params)
        found = unblend(unblend(gradient, columns, -1), rows, -2)
        return {"input": found.astype(gradient.dtype, copy=False)}

    def recipe(self, call: Call) -> Recipe:
        """Return matrices that say how much of each row and of each column an output takes."""
        shape = call.inputs["input"].shape
        axes = self._axes(shape, call.params)
        names = ("rows", "columns")
        output = "output = rows @ x @ columns.T"
        made = [f"{name} = {_share(axis)}" for name, axis in zip(names, axes, strict=True)]
        torch = lines(
            "# torch's interpolate has no such rule: the matrices are made with NumPy.",
            *made,
            "rows, columns = torch.from_numpy(rows).to(x), torch.from_numpy(columns).to(x)",
            output,
        )
        usual = {"nearest": "asymmetric", "bilinear": "half_pixel"}[call.params.get_of(MODE)]
        aligned = bool(call.params.given(ALIGN_CORNERS))
        rule = "align_corners" if aligned else usual
        if call.params.get_of(COORDINATE_MODE) == rule and axes[0].rounding in (None, "floor"):
            size, scale = call.params.given(SIZE), call.params.given(SCALE_FACTOR)
            options = arguments(
                size=size,
                scale_factor=scale,
                mode=f'"{call.params.get_of(MODE)}"',
                align_corners=aligned or None,
            )
            batch = len(shape) > 1 + self.dims
            torch = f"output = F.interpolate(x{'' if batch else '[None]'}{options}){'' if batch else '[0]'}"
        return Recipe(
            lines(*made, output),
            torch,
            terms="x[k] * np.outer(rows[row], columns[column])",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cells read and how much of each is taken."""
        axes = self._axes(call.inputs["input"].shape, call.params)
        sources, positions, values = self.reads(call, cell)
        real = sources[:, 0] != OUTSIDE
        sources, positions, values = sources[real], positions[real], values[real]
        weights = None
        if axes[0].weights is not None and axes[1].weights is not None:
            by_axis = (axis.weights for axis in axes)
            rows, columns = (w[at] for w, at in zip(by_axis, cell[1:], strict=True) if w is not None)
            weights = rows[positions[:, 1]] * columns[positions[:, 2]]
        return Trace(self.name, cell, sources, positions, values, value, weights)


def _share(axis: ResampleAxis) -> str:
    """Return the matrix (outputs, cells) of an axis in NumPy, from where its outputs stand."""
    i, size = f"np.arange({axis.count})[:, None]", axis.size
    scale = f"{size} / {axis.count}" if axis.scale is None else f"1 / {axis.scale!r}"
    length = axis.count if axis.whole_length or axis.scale is None else size * axis.scale
    match axis.coordinates:
        case "align_corners":
            places = f"{i} * {size - 1} / {length - 1}" if length != 1 else f"{i} * 0"
        case "asymmetric":
            places = f"{i} * {scale}"
        case "pytorch_half_pixel" if length <= 1:
            places = f"{i} * 0"
        case "half_pixel_symmetric":
            places = f"({i} + {(1 - axis.count) / 2}) * {scale} + {(size - 1) / 2}"
        case _:
            places = f"({i} + 0.5) * {scale} - 0.5"
    places = f"np.clip({places}, 0, {size - 1})"
    match axis.rounding:
        case None:
            return f"np.maximum(1 - abs({places} - np.arange({size})), 0)"
        case "floor" | "ceil":
            near = f"np.{axis.rounding}({places})"
        case "round_prefer_floor":
            near = f"np.ceil({places} - 0.5)"
        case _:
            near = f"np.floor({places} + 0.5)"
    return f"({near} == np.arange({size})).astype(float)"


def _scaled(axis: str, size: int, factor: float) -> int:
    count = math.floor(size * factor)
    if count < 1:
        raise ShapeError(
            "scale_factor",
            Text(
                "Along the {axis}, scale_factor {asked} leaves nothing of {size} cells; it must be at least "
                "{least}.",
                "沿{axis}方向，缩放 {asked} 倍后 {size} 格一格不剩；至少须为 {least}。",
            ),
            field="scale_factor",
            values={"axis": axis, "asked": factor, "size": size, "min": 1 / size, "least": f"{1 / size:.4g}"},
        )
    return count


interpolate = Interpolation(2)
