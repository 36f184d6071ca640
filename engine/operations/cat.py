"""Concatenation: maps of several branches laid side by side."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np

from engine.basics import Array, Float, Number, Shape, ShapeError, Text, no_axis, widest_of_all
from engine.declaration import Call, Input, Integer, Layout, Operation, Parameter, Params, Recipe
from engine.families import INPUT, SHAPING, channel_axis, identity_axes
from engine.trace import Cell, Trace

_FURTHER = (
    ("third", "第三个"),
    ("fourth", "第四个"),
    ("fifth", "第五个"),
    ("sixth", "第六个"),
    ("seventh", "第七个"),
    ("eighth", "第八个"),
)
DIM = Integer(
    "dim",
    None,
    Text("Axis", "轴"),
    Text(
        "Along which axis the inputs are laid side by side; left out, the channels. "
        "Negative numbers count from the last axis.",
        "各输入沿哪个轴并排；省略时为通道轴。负数从最后一个轴数起。",
    ),
    keyword_only=True,
    least=-5,
    limit="axes",
)


class Concatenation(Operation):
    """cat(input, other, third=None, ..., eighth=None, *, dim=None).

    Lays up to eight inputs side by side along the axis dim, in this order; left out, that is the
    channel axis (the first of (C) and (C, H, W), the second of (N, C), (N, C, H, W) and
    (N, C, D, H, W)), whereas torch.cat takes axis 0. So the branches of an Inception module come
    together (Szegedy et al., "Going deeper with convolutions", 2015). Each gets its part of the
    gradient back.

    Shapes: inputs (...), equal but for the size along dim; output the same with those sizes added up,
    float32 (float64 if given float64, or if whole numbers need it to stay exact).

    Raises ParameterError and ShapeError, which name the input and what is allowed.

    >>> engine.cat(np.ones((64, 28, 28)), np.ones((128, 28, 28)), np.ones((32, 28, 28))).shape
    (224, 28, 28)
    >>> engine.cat([1, 2], [3]).tolist()
    [1.0, 2.0, 3.0]
    """

    name = "cat"
    title = Text("Concatenate", "拼接")
    short = "concat"
    summary = Text(
        "Lays the maps of several inputs one after another; no number changes.",
        "把几个输入的特征图依次排在一起；数值不变。",
    )
    family = SHAPING
    inputs = (
        INPUT,
        Input("other", "maps", Text("Second input", "第二个输入")),
        *(
            Input(name, "maps", Text(f"{name.capitalize()} input", f"{chinese}输入"), required=False)
            for name, chinese in _FURTHER
        ),
    )
    parameters = (DIM,)

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; all inputs must agree but along the axis. A missing second is like the first."""
        first = shapes["input"]
        axis = _axis(first, params)
        sizes = 0
        for name, shape in {"other": first, **shapes}.items():
            if len(shape) != len(first) or _without(shape, axis) != _without(first, axis):
                raise ShapeError(
                    "join_shape",
                    Text(
                        "{name} must have the shape ({wanted}) to stand beside the input along axis {axis}; "
                        "it has {shape}.",
                        "要与输入沿轴 {axis} 拼接，{name} 的形状须为 ({wanted})；这里是 {shape}。",
                    ),
                    field=name,
                    values={
                        "name": name,
                        "shape": list(shape),
                        "expected": list(first),
                        "wanted": ", ".join(
                            "any" if place == axis else str(size) for place, size in enumerate(first)
                        ),
                        "axis": axis,
                    },
                )
            sizes += shape[axis]
        output = (*first[:axis], sizes, *first[axis + 1 :])
        axes = identity_axes(output) if axis < len(output) - 2 else ()
        return Layout(output, axes, bytes=24 * prod(output))

    def has_gaps(self, settled: Params, layout: Layout) -> bool:
        """Say yes: inputs may agree along one axis and not along another."""
        return True

    def candidates(self, parameter: Parameter[object], shapes: Mapping[str, Shape], settled: Params) -> range:
        """Try only the axes that the input has."""
        return range(-len(shapes["input"]), len(shapes["input"]))

    def forward(self, call: Call) -> Array:
        """Copy one after another."""
        arrays = list(call.inputs.values())
        kind = widest_of_all(*arrays)
        return np.concatenate(arrays, _axis(arrays[0].shape, call.params), dtype=kind, casting="unsafe")

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Cut the gradient where the inputs meet."""
        kind = gradient.dtype
        axis = _axis(call.inputs["input"].shape, call.params)
        ends = np.cumsum([array.shape[axis] for array in call.inputs.values()])[:-1]
        cut = np.split(gradient.astype(kind), ends, axis)
        return dict(zip(call.inputs, cut, strict=True))

    def recipe(self, call: Call) -> Recipe:
        """Return the inputs side by side."""
        names = ", ".join(["x", *list(call.inputs)[1:]])
        axis = _axis(call.inputs["input"].shape, call.params)
        return Recipe(
            f"output = np.concatenate([{names}], axis={axis})",
            f"output = torch.cat([{names}], dim={axis})",
            terms="output[cell]",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the one cell that stands here, and of which input."""
        axis = _axis(call.inputs["input"].shape, call.params)
        ends = np.cumsum([array.shape[axis] for array in call.inputs.values()])
        number = int(np.searchsorted(ends, cell[axis], side="right"))
        name, array = list(call.inputs.items())[number]
        place = cell[axis] - int(ends[number]) + array.shape[axis]
        source = (*cell[:axis], place, *cell[axis + 1 :])
        held = array[source].reshape(1)
        zeros = np.zeros((1, 1), np.intp)
        return Trace(self.name, cell, np.array([source], np.intp), zeros, held, value, of=[name])


def _axis(shape: Shape, params: Params) -> int:
    """Return the axis along which to join, counted from the first."""
    asked, axes = params.given(DIM), len(shape)
    if asked is None:
        return channel_axis(shape, params, DIM)
    if not -axes <= asked < axes:
        raise no_axis("axis", DIM.name, asked, shape, -axes)
    return asked % axes


def _without(shape: Shape, axis: int) -> Shape:
    return shape[:axis] + shape[axis + 1 :]


cat = Concatenation()
