"""The dense layer: every output is a weighted sum of all inputs."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np

from engine.algorithms import outputs_at_once, work_type
from engine.basics import Array, Float, Number, Shape, ShapeError, Text, other_weights
from engine.declaration import Call, Input, Integer, Layout, Operation, Parameter, Params, Recipe, weighed
from engine.families import DENSE, INPUT, follow, need_weights
from engine.trace import Cell, Trace

_FEATURES = 10
"""Outputs where nobody says how many: as many as there are digits."""

OUT_FEATURES = Integer(
    "out_features",
    None,
    Text("Output features", "输出特征数"),
    Text("How many numbers come out.", "输出多少个数。"),
    limit="channels",
    follows="weight",
    start=_FEATURES,
)


class Linear(Operation):
    """linear(input, weight, bias=None).

    output[..., o] = sum over i of input[..., i] weight[o, i], plus bias[o]: a fully connected (dense)
    layer (Goodfellow, Bengio, Courville, "Deep Learning", 2016, chapter 6). It reads the last axis, as
    torch.nn.functional.linear does, so a picture (C, H, W) is flattened first; engine.analysis.dense tells
    the weights of the convolution that is the same layer.

    Shapes: input (..., I), weight (O, I), bias (O); output (..., O), float32 (float64 if given
    float64, or if whole numbers need it to stay exact).

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.linear([1, 2, 3], [[1, 1, 1], [1, 0, -1]], [0, 10]).tolist()
    [6.0, 8.0]
    """

    name = "linear"
    basic = True
    title = Text("Fully connected", "全连接")
    summary = Text(
        "Every output is a weighted sum of all the numbers along the last axis, with weights of its own.",
        "每个输出都是最后一个轴上所有数的加权和，各有自己的权重。",
    )
    family = DENSE
    inputs = (
        INPUT,
        Input("weight", "numbers", Text("Weights", "权重")),
        Input("bias", "numbers", Text("Bias", "偏置"), required=False),
    )
    parameters = (OUT_FEATURES,)
    linear = True

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Read out_features off the weights, where there are any."""
        weight = shapes.get("weight")
        if weight is None:
            need_weights(self.name, params, OUT_FEATURES)
            return params
        if len(weight) != 2 or 0 in weight:
            raise other_weights(weight, "(O, I)")
        return follow(params, OUT_FEATURES, weight[0])

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; the weights must fit the last axis."""
        shape, outputs = shapes["input"], params.get_of(OUT_FEATURES)
        if not shape or shape[-1] < 1:
            raise ShapeError(
                "input_rank",
                Text(
                    "input must have the shape (..., I) with at least one number along the last axis; it has "
                    "{shape}.",
                    "输入的形状须为 (..., I)，最后一轴至少有一个数；这里是 {shape}。",
                ),
                field="input",
                values={"shape": list(shape), "letters": "..., I"},
            )
        features = shape[-1]
        for name, wanted in (("weight", (outputs, features)), ("bias", (outputs,))):
            if shapes.get(name, wanted) != wanted:
                raise ShapeError(
                    f"{name}_features",
                    Text(
                        "{name} must have the shape {expected} for an input of {features} features; it has "
                        "{shape}.",
                        "输入有 {features} 个特征时，{name} 的形状须为 {expected}；这里是 {shape}。",
                    ),
                    field=name,
                    values={
                        "name": name,
                        "features": features,
                        "shape": list(shapes[name]),
                        "expected": list(wanted),
                    },
                )
        output = (*shape[:-1], outputs)
        weights, biases = outputs * features, outputs if "bias" in shapes else 0
        made = {"rows": shape[:-1], "outputs": outputs}
        return Layout(
            output,
            counts=lambda: weighed({"features": features}, {"outputs": outputs}, made, made, biases),
            bytes=8
            * (
                prod(shape)
                + 4 * min(weights, outputs_at_once((outputs, features)) * features)
                + 3 * prod(output)
            ),
        )

    def imagine(
        self, shapes: Mapping[str, Shape], parameter: Parameter[object], value: object
    ) -> Mapping[str, Shape]:
        """Give the weights and the bias the number of outputs that is being tried."""
        if parameter.name != OUT_FEATURES.name or not isinstance(value, int):
            return shapes
        following = {"weight", "bias"} & set(shapes)
        return {**shapes, **{name: (value, *shapes[name][1:]) for name in following}}

    def sample(
        self, name: str, shapes: Mapping[str, Shape], params: Params, rng: np.random.Generator
    ) -> Array:
        """Draw weights for the last axis, so many as ``params`` or the weights there say, else ten."""
        outputs = params.given(OUT_FEATURES) or _FEATURES
        if name == "bias":
            return rng.uniform(0.5, 2, shapes["weight"][0] if "weight" in shapes else outputs).astype(
                np.float32
            )
        features = shapes["input"][-1]
        return (rng.standard_normal((outputs, features)) / np.sqrt(features)).astype(np.float32)

    def forward(self, call: Call) -> Array:
        """Multiply the matrices, add the bias."""
        array, weight, bias = call.inputs["input"], call.inputs["weight"], call.inputs.get("bias")
        work = work_type(array, weight, 1, bias)
        array = array.astype(work, copy=False)
        # Weights of another type are not all copied at once: they are the largest arrays of a network.
        step = len(weight) if weight.dtype == work else outputs_at_once(weight.shape)
        result = np.empty(call.layout.output, work)
        for first in range(0, len(weight), step):
            part = weight[first : first + step].astype(work, copy=False)
            result[..., first : first + step] = np.matmul(array, part.T)
        if bias is not None:
            np.add(result, bias, out=result, casting="unsafe")
        single = call.inputs["input"].dtype == np.float32 and weight.dtype != np.float64
        return result.astype(np.float32 if single else work, copy=False)

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Multiply the gradient by the weights for the input, and by the input for the weights."""
        array, weight = call.inputs["input"], call.inputs["weight"]
        kind = gradient.dtype
        gradient = gradient.astype(kind, copy=False)
        rows = gradient.reshape(-1, weight.shape[0])
        found = {
            **self.backward_maps(call, gradient),
            "weight": rows.T @ array.reshape(-1, weight.shape[1]).astype(kind),
        }
        if "bias" in call.inputs:
            found["bias"] = rows.sum(axis=0)
        return found

    def backward_maps(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Multiply the gradient by the weights, and no more."""
        weight = call.inputs["weight"].astype(gradient.dtype)
        return {"input": np.asarray(np.matmul(gradient, weight))}

    def recipe(self, call: Call) -> Recipe:
        """Return the product of the matrices."""
        bias = "bias" in call.inputs
        return Recipe(
            f"output = x @ weight.T{' + bias' if bias else ''}",
            f"output = F.linear(x, weight{', bias' if bias else ''})",
            terms="x[cell[:-1]] * weight[cell[-1]]",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the products along the last axis."""
        array, weight, bias = call.inputs["input"], call.inputs["weight"], call.inputs.get("bias")
        features = np.arange(array.shape[-1], dtype=np.intp)
        sources = np.empty((array.shape[-1], array.ndim), np.intp)
        sources[:, :-1] = cell[:-1]
        sources[:, -1] = features
        return Trace(
            self.name,
            cell,
            sources,
            features[:, None],
            array[cell[:-1]],
            value,
            weight[cell[-1]],
            bias=None if bias is None else bias[cell[-1]],
        )


linear = Linear()
