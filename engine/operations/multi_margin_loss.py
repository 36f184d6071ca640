"""The multi-class hinge loss, that of support vector machines."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.basics import Array, Float, Number, ParameterError, Shape, Text
from engine.declaration import Call, Flag, Input, Integer, Layout, Params, Real, Recipe
from engine.families import CHANNEL_AXIS, INPUT, channel_axis, losses
from engine.functions import X, maximum, word
from engine.recipes import arguments, lines
from engine.trace import Cell, Step, Trace

P = Integer(
    "p",
    1,
    Text("Power", "幂"),
    Text("1 for the hinge itself, 2 for its square.", "1 为铰链损失本身，2 为其平方。"),
)
MARGIN = Real(
    "margin",
    1.0,
    Text("Margin", "间隔"),
    Text(
        "By how much the right class's score must exceed every other to cost nothing.",
        "正确类别的得分须比其他类别高出多少才没有损失。",
    ),
)
DIVIDE = Flag(
    "divide_by_classes",
    True,
    Text("Divide by the classes", "除以类别数"),
    Text(
        "Whether an example's loss is divided by the number of classes: PyTorch does, textbooks do not.",
        "样本的损失是否除以类别数：PyTorch 如此，教科书则不除。",
    ),
    keyword_only=True,
)


class MultiMarginLoss(losses.ClassLoss):
    """multi_margin_loss(input, target, p=1, margin=1.0, weight=None, reduction="mean", *, ...).

    Keywords: channel_axis=None, divide_by_classes=True. The loss of one example is the sum over the
    classes c other than target of weight[target] max(0, margin - input[target] + input[c])^p, divided
    by the number of classes as PyTorch does; with divide_by_classes=False it is the multi-class support
    vector machine's of Stanford's CS231n, which does not (Weston and Watkins, "Support vector machines for
    multi-class pattern recognition", 1999). "mean" divides by the number of examples. At the hinge itself
    the gradient is 0.

    Shapes: input (C), (N, C), (C, H, W), (N, C, H, W), (N, C, D, H, W), or any with channel_axis;
    target the same without the channel axis, whole numbers from 0 to C - 1; weight (C). Output () for
    "mean" and "sum", the target's shape for "none"; float32 for float32, else float64.

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.multi_margin_loss([3.2, 5.1, -1.7], 0, divide_by_classes=False).round(6).tolist()
    2.9
    """

    name = "multi_margin_loss"
    title = Text("Multi-class hinge loss", "多类铰链损失")
    summary = Text(
        "Costs as much as other classes' scores come nearer than a margin to the right one's.",
        "其他类别的得分与正确类别的差距小于间隔时，差多少就损失多少。",
    )
    inputs = (
        INPUT,
        losses.CLASSES,
        Input(
            "weight",
            "numbers",
            Text("Class weights", "类别权重"),
            required=False,
            differentiable=False,
        ),
    )
    parameters = (P, MARGIN, losses.REDUCTION, CHANNEL_AXIS, DIVIDE)
    order = ("input", "target", "p", "margin", "weight")

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes: a cell costs two additions and a comparison, a product where there is one."""
        if params.get_of(P) > 2:
            raise ParameterError(
                P.code,
                Text("{name} must be {min} or {max}.", "{name}必须是 {min} 或 {max}。"),
                field=P.name,
                values={"name": P.name, "min": 1, "max": 2},
                advice=P.advice,
            )
        shape, examples = shapes["input"], self.examples_shape(shapes, params)
        macs = int(params.get_of(P) == 2 or "weight" in shapes)
        return losses.layout_of_loss(shape, examples, params.get_of(losses.REDUCTION), macs=macs, additions=3)

    def forward(self, call: Call) -> Array:
        """Add up the hinges."""
        examples = losses.examples_of(call)
        reduction, classes = call.params.get_of(losses.REDUCTION), _classes(call, examples)
        each = self._terms(call, examples).sum(axis=-1)
        # Divided once, so that whole losses come out rounded once.
        result = losses.reduced(each, reduction, examples.classes.size * classes)
        result = result if reduction == "mean" else result / classes
        return np.asarray(result, losses.loss_type(call.inputs["input"], call.inputs.get("weight")))

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Raise every class over the hinge, and lower the right one by as much as all of them together."""
        array, examples = call.inputs["input"], losses.examples_of(call)
        hinges, power = self._hinges(call, examples), call.params.get_of(P)
        slopes = (power * hinges ** (power - 1) * (hinges > 0)) * self._weights(call, examples)
        slopes -= _right(examples) * slopes.sum(axis=-1, keepdims=True)
        each = losses.expanded(gradient, call.params.get_of(losses.REDUCTION), examples.classes.size)
        slopes *= each[..., None] / _classes(call, examples)
        found = np.moveaxis(slopes, -1, channel_axis(array.shape, call.params))
        return {"input": found.astype(gradient.dtype)}

    def recipe(self, call: Call) -> Recipe:
        """Return the hinges of all classes but the right one, added up."""
        shape, params = call.inputs["input"].shape, call.params
        axis, power = channel_axis(shape, params), params.get_of(P)
        reduction = params.get_of(losses.REDUCTION)
        classes, divide, weighted = shape[axis], params.get_of(DIVIDE), "weight" in call.inputs
        reduced = {"mean": ".mean()", "sum": ".sum()", "none": ""}[reduction]
        options = arguments(
            p=power,
            margin=params.get_of(MARGIN),
            weight="weight" if weighted else None,
            reduction=f'"{reduction}"',
        )
        torch = f"output = F.multi_margin_loss(scores, target.reshape(-1){options})"
        return Recipe(
            lines(
                f"scores = np.moveaxis(x, {axis}, -1)",
                "right = np.take_along_axis(scores, target[..., None], -1)",
                f"costs = np.maximum({params.get_of(MARGIN)!r} - right + scores, 0)",
                f"costs = costs{'**2' if power == 2 else ''} * (np.arange({classes}) != target[..., None])",
                "costs = costs * weight[target][..., None]" if weighted else None,
                f"losses = costs.sum(-1){f' / {classes}' if divide else ''}",
                f"output = losses{reduced}",
            ),
            lines(
                f"scores = x.movedim({axis}, -1).reshape(-1, {classes})",
                torch if divide else f"{torch} * {classes}  # PyTorch divides by the classes",
                f"output = output.reshape{call.layout.output}" if reduction == "none" else None,
            ),
            terms="costs[cell]" if reduction == "none" else "costs",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the hinge of every class, of one example or of all."""
        examples, reduction = losses.examples_of(call), call.params.get_of(losses.REDUCTION)
        one = cell if reduction == "none" else None
        parts = self._terms(call, examples)
        parts = parts if one is None else parts[one]
        sources = losses.sources_of(call, one)
        divisor = _classes(call, examples) * (examples.classes.size if reduction == "mean" else 1)
        below = word("margin", "间隔") - word("x[target]", "x[目标]")
        hinge = maximum(0, below + X)
        each = hinge**2 if call.params.get_of(P) == 2 else hinge
        if "weight" in call.inputs:
            each = word("weight[target]", "权重[目标]") * each
        return Trace(
            self.name,
            cell,
            sources,
            np.zeros((len(sources), 1), np.intp),
            call.inputs["input"][tuple(sources.T)],
            value,
            each=each,
            parts=parts.reshape(-1),
            divisor=np.int64(divisor) if divisor > 1 else None,
            steps=() if divisor else (Step("divide", Text("examples", "样本数"), value, np.int64(0)),),
        )

    def _hinges(self, call: Call, examples: losses.Examples) -> Float:
        """Return max(0, margin - x[target] + x), 0 for the right class, shape (..., C)."""
        right = np.take_along_axis(examples.scores, examples.classes[..., None], -1)
        hinges = np.maximum(examples.scores - right + call.params.get_of(MARGIN), 0)
        hinges[_right(examples)] = 0
        return hinges

    def _weights(self, call: Call, examples: losses.Examples) -> Float:
        """Return the weight of each example's class, shape (..., 1)."""
        given = call.inputs.get("weight")
        every = np.ones(examples.scores.shape[-1:]) if given is None else given.astype(np.float64)
        return every[examples.classes][..., None]

    def _terms(self, call: Call, examples: losses.Examples) -> Float:
        """Return what each class costs, shape (..., C)."""
        return self._hinges(call, examples) ** call.params.get_of(P) * self._weights(call, examples)


def _right(examples: losses.Examples) -> NDArray[np.bool_]:
    """Return where the right classes are, shape (..., C)."""
    return np.asarray(np.arange(examples.scores.shape[-1], dtype=np.intp) == examples.classes[..., None])


def _classes(call: Call, examples: losses.Examples) -> int:
    """Return what an example's loss is divided by."""
    return examples.scores.shape[-1] if call.params.get_of(DIVIDE) else 1


multi_margin_loss = MultiMarginLoss()
