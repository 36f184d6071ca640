"""Layer normalisation: every picture is brought to mean 0 and variance 1 by itself."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.basics import Array, Float, Number, Shape, ShapeError, Text, widest
from engine.declaration import Call, Input, Layout, Operation, Params, Recipe, Sizes
from engine.families import INPUT, NORMALISATION, statistics
from engine.recipes import lines
from engine.trace import Cell, Trace

NORMALIZED_SHAPE = Sizes(
    "normalized_shape",
    None,
    Text("Normalised shape", "归一化形状"),
    Text(
        "The sizes of the last axes, over which mean and variance are taken; left out, those of one picture.",
        "求均值和方差所跨的末尾各轴的大小；省略时为一张图片的各轴。",
    ),
)


class LayerNorm(Operation):
    """layer_norm(input, normalized_shape=None, weight=None, bias=None, eps=1e-05).

    output = (input - mean) / sqrt(variance + eps) * weight + bias, mean and variance (divided by n) being
    those of the last axes, whose sizes are normalized_shape (Ba, Kiros, Hinton, "Layer normalization",
    2016). Left out, these are all axes of one picture: the whole input where it has 1 or 3 axes, all but
    the first otherwise.

    Shapes: input (..., *normalized_shape), weight and bias normalized_shape; a number is a list of one.
    Output as the input, float32 (float64 if given float64). All sums are in float64, in two passes.

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.layer_norm([[1.0, 3.0], [10.0, 30.0]], 2, eps=0).tolist()
    [[-1.0, 1.0], [-1.0, 1.0]]
    """

    name = "layer_norm"
    title = Text("Layer normalisation", "层归一化")
    summary = Text(
        "Brings each picture to mean 0 and variance 1 by itself, then scales and shifts every cell.",
        "使每张图片各自均值为 0、方差为 1，再逐格缩放和平移。",
    )
    family = NORMALISATION
    inputs = (
        INPUT,
        Input("weight", "numbers", Text("Scale", "缩放"), required=False),
        Input("bias", "numbers", Text("Shift", "平移"), required=False),
    )
    parameters = (NORMALIZED_SHAPE, statistics.EPS)
    order = ("input", "normalized_shape")

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Take all axes of one picture, unless told otherwise."""
        shape = shapes["input"]
        if params.given(NORMALIZED_SHAPE) is not None:
            return params
        return params.replace(NORMALIZED_SHAPE, shape if len(shape) in (1, 3) else shape[1:])

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; the last axes must be as said, and weight and bias as large as they are."""
        shape, sizes = shapes["input"], params.get_of(NORMALIZED_SHAPE)
        if not sizes or shape[-len(sizes) :] != sizes:
            raise ShapeError(
                "normalized_shape",
                Text(
                    "{name} is {asked}; the last sizes of the input must be that: {shape}.",
                    "{name}为 {asked}；输入末尾的大小须与它相同：{shape}。",
                ),
                field="normalized_shape",
                values={"name": "normalized_shape", "asked": list(sizes), "shape": list(shape)},
            )
        given = [name for name in ("weight", "bias") if name in shapes]
        for name in given:
            if shapes[name] != sizes:
                raise ShapeError(
                    "per_cell",
                    Text(
                        "{name} must have the normalised shape, {expected}; it has {shape}.",
                        "{name} 的形状必须是归一化形状 {expected}，这里是 {shape}。",
                    ),
                    field=name,
                    values={"name": name, "shape": list(shapes[name]), "expected": list(sizes)},
                )
        return statistics.layout_of_norm(shapes, measured=True)

    def sample(
        self, name: str, shapes: Mapping[str, Shape], params: Params, rng: np.random.Generator
    ) -> Array:
        """Draw as many numbers as are normalised together: weights about 1, biases about 0."""
        sizes = self.settle(shapes, params).get_of(NORMALIZED_SHAPE)
        drawn = rng.uniform(0.5, 2, sizes) if name == "weight" else rng.standard_normal(sizes)
        return drawn.astype(np.float32)

    def forward(self, call: Call) -> Array:
        """Subtract, divide, scale and shift in float64, then round once."""
        array = call.inputs["input"]
        weight, bias = call.inputs.get("weight"), call.inputs.get("bias")
        normal, _ = _normal(call)
        return statistics.scaled(normal, weight, bias).astype(widest(array, weight, bias), copy=False)

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Divide by the deviation; mean and variance change with the input, too."""
        kind = gradient.dtype
        weight = call.inputs.get("weight")
        normal, by = _normal(call)
        inner = gradient.astype(np.float64) if weight is None else gradient * weight.astype(np.float64)
        found = {"input": statistics.through_statistics(inner, normal, by, _axes(call))}
        before = tuple(range(gradient.ndim - len(call.params.get_of(NORMALIZED_SHAPE))))
        if weight is not None:
            found["weight"] = np.asarray((gradient * normal).sum(axis=before))
        if "bias" in call.inputs:
            found["bias"] = np.asarray(gradient.sum(axis=before, dtype=np.float64))
        return {name: each.astype(kind) for name, each in found.items()}

    def recipe(self, call: Call) -> Recipe:
        """Return the input less the mean, by the deviation, scaled and shifted."""
        sizes, eps = call.params.get_of(NORMALIZED_SHAPE), call.params.get_of(statistics.EPS)
        over = tuple(range(-len(sizes), 0))
        given = [f"{name}={name}" for name in ("weight", "bias") if name in call.inputs]
        return Recipe(
            lines(
                f"mean, variance = x.mean({over}, keepdims=True), x.var({over}, keepdims=True)",
                f"output = (x - mean) / np.sqrt(variance + {eps!r})",
                "output = output * weight" if "weight" in call.inputs else None,
                "output = output + bias" if "bias" in call.inputs else None,
            ),
            f"output = F.layer_norm({', '.join(['x', str(sizes), *given])}, eps={eps!r})",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cell, what is subtracted from it, divided, multiplied and added."""
        inside = cell[-len(call.params.get_of(NORMALIZED_SHAPE)) :]
        picture = cell[: len(cell) - len(inside)]
        own = statistics.statistics(call.inputs["input"][picture], tuple(range(len(inside))))
        by = statistics.deviation(own.variance, call.params.get_of(statistics.EPS)).reshape(-1)[0]
        weight, bias = (call.inputs[n][inside] if n in call.inputs else None for n in ("weight", "bias"))
        scalars = statistics.Scalars(own.mean.reshape(-1)[0], by, weight, bias)
        return statistics.trace_of_norm(call, cell, value, scalars)


def _axes(call: Call) -> tuple[int, ...]:
    """Return the axes that are normalised over."""
    axes = call.inputs["input"].ndim
    return tuple(range(axes - len(call.params.get_of(NORMALIZED_SHAPE)), axes))


def _normal(call: Call) -> tuple[Float, Float]:
    """Return the normalised input and the deviation it was divided by."""
    array = call.inputs["input"]
    own = statistics.statistics(array, _axes(call))
    by = statistics.deviation(own.variance, call.params.get_of(statistics.EPS))
    return statistics.normalised(array, own.mean, by), by


layer_norm = LayerNorm()
