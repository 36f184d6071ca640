"""What losses share: class numbers as targets, and how the losses of many examples become one number."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import NamedTuple

import numpy as np

from engine.algorithms.floats import widest
from engine.arrays import Array, Float, Indices, Shape, is_whole
from engine.declaration.call import Call
from engine.declaration.counts import NOTHING, Counts, product, total
from engine.declaration.families import LOSS
from engine.declaration.kinds import Choice
from engine.declaration.layout import Input, Layout
from engine.declaration.operation import Operation
from engine.declaration.parameters import Params
from engine.declaration.planning import Plan
from engine.errors import ParameterError, ShapeError
from engine.families.channels import channel_axis
from engine.texts import Text
from engine.trace.trace import Cell

CLASSES = Input("target", "places", Text("Class numbers", "类别编号"), differentiable=False)
REDUCTION = Choice(
    "reduction",
    "mean",
    Text("Reduction", "归约方式"),
    Text(
        "Whether the losses of all examples come out as their mean, their sum, or one by one.",
        "各样本的损失是取平均、求和，还是逐个给出。",
    ),
    choices=(
        ("mean", Text("mean", "平均")),
        ("sum", Text("sum", "求和")),
        ("none", Text("one by one", "逐个")),
    ),
)


def loss_type(array: Array, *others: Array | None) -> np.dtype[np.floating]:
    """Return the type in which a loss comes out: that of the floats, float64 for whole numbers."""
    return widest(array, *others) if array.dtype.kind == "f" else np.dtype(np.float64)


def reduced(losses: Float, reduction: str, divisor: float) -> Float:
    """Return the losses one by one, their sum, or their sum by ``divisor`` (not a number if that is 0)."""
    if reduction == "none":
        return losses
    total = losses.sum()
    return np.asarray(total / np.float64(divisor) if reduction == "mean" else total)


def expanded(gradient: Float, reduction: str, divisor: float) -> Float:
    """Return the gradient by each example's loss: the adjoint of ``reduced``, still to be broadcast."""
    wide = gradient.astype(np.float64)
    return np.asarray(wide / np.float64(divisor)) if reduction == "mean" else wide


class Examples(NamedTuple):
    """Scores with the classes last, in float64, and the class of each example; 0 where it is ``ignored``."""

    scores: Float
    classes: Indices
    ignored: Array


_CLASSES_LIE = Text(
    "The classes lie along the axis for which the targets were made.", "类别位于目标所对应的轴上。"
)


class ClassLoss(Operation):
    """Base of losses that compare the scores of classes with the number of the right one."""

    family = LOSS

    def bound(self, arrays: Mapping[str, Array], plan: Plan) -> Call:
        """Check everything; the targets must be numbers of classes that there are."""
        call = super().bound(arrays, plan)
        scores, target = call.inputs["input"], call.inputs["target"]
        last = scores.shape[channel_axis(scores.shape, call.params)] - 1
        ignored = self.ignored(call.params)
        wrong = target[(target < 0) | (target > last)]
        wrong = wrong[wrong != ignored] if ignored is not None else wrong
        if wrong.size or not is_whole(target):
            raise ParameterError(
                "class_number",
                Text(
                    "target must be whole numbers from {min} to {max}{also}, the numbers of the "
                    "classes{found}.",
                    "目标必须是 {min} 到 {max} 的整数{also}，即类别号{found}。",
                ).put(
                    also=Text(" (or ignore_index, {ignored})", "（或 ignore_index，{ignored}）")
                    if ignored is not None
                    else "",
                    found=Text("; there is a {asked}", "；这里有 {asked}") if wrong.size else "",
                ),
                field="target",
                values={
                    "min": 0,
                    "max": last,
                    "ignored": ignored,
                    "asked": float(wrong.flat[0]) if wrong.size else None,
                },
            )
        return call

    def ignored(self, params: Params) -> int | None:
        """Return the target that stands for no class, if there is one."""
        return None

    def examples_shape(self, shapes: Mapping[str, Shape], params: Params) -> Shape:
        """Return the shape of the targets; the classes' axis is gone.

        Raises:
            ShapeError: if there is no class, or targets or weights have another shape.
        """
        shape = shapes["input"]
        axis = channel_axis(shape, params)
        classes, examples = shape[axis], shape[:axis] + shape[axis + 1 :]
        if not classes:
            raise ShapeError(
                "no_class",
                Text(
                    "input must have at least one class along axis {axis}; it has the shape {shape}.",
                    "输入在轴 {axis} 上至少要有一个类别；这里的形状是 {shape}。",
                ),
                field="input",
                values={"shape": list(shape), "axis": axis},
                advice=_CLASSES_LIE,
            )
        for name, wanted in (("target", examples), ("weight", (classes,))):
            if shapes.get(name, wanted) != wanted:
                raise ShapeError(
                    f"{name}_shape",
                    Text(
                        "{name} must have the shape {expected} for an input of the shape {input} with its "
                        "classes along axis {axis}; it has {shape}.",
                        "输入形状为 {input}、类别在轴 {axis} 上时，{name} 的形状须为 {expected}；"
                        "这里是 {shape}。",
                    ),
                    field=name,
                    values={
                        "name": name,
                        "shape": list(shapes[name]),
                        "expected": list(wanted),
                        "input": list(shape),
                        "axis": axis,
                    },
                    advice=_CLASSES_LIE,
                )
        return examples

    def sample(
        self, name: str, shapes: Mapping[str, Shape], params: Params, rng: np.random.Generator
    ) -> Array:
        """Draw a class for every example, or a weight for every class."""
        shape = shapes["input"]
        axis = channel_axis(shape, params)
        if name == "target":
            examples = shape[:axis] + shape[axis + 1 :]
            return np.asarray(rng.integers(0, max(shape[axis], 1), examples), np.int64)
        return rng.uniform(0.5, 2, shape[axis]).astype(np.float32)


def layout_of_loss(shape: Shape, examples: Shape, reduction: str, *, macs: int, additions: int) -> Layout:
    """Return the sizes and the cost of a loss on an input of ``shape``, with the sum over examples.

    ``macs`` and ``additions`` are those of one cell.
    """

    def counts() -> Counts:
        each = product(additions, input_cells=shape)
        summed = NOTHING if reduction == "none" else product(examples=examples)
        return Counts(macs=product(macs, input_cells=shape), additions=total(each, summed))

    return Layout(
        examples if reduction == "none" else (),
        counts=counts,
        bytes=8 * (7 * prod(shape) + 4 * prod(examples)),
    )


def examples_of(call: Call, ignored: int | None = None) -> Examples:
    """Return the scores and classes of a call."""
    array = call.inputs["input"]
    target = call.inputs["target"].astype(np.intp)
    left_out = np.zeros(target.shape, np.uint8) if ignored is None else (target == ignored).astype(np.uint8)
    scores = np.moveaxis(array, channel_axis(array.shape, call.params), -1)
    return Examples(np.array(scores, np.float64, order="C"), np.where(left_out, 0, target), left_out)


def sources_of(call: Call, example: Cell | None) -> Indices:
    """Return the cells of the scores of one example, or of all, shape (n, axes): classes side by side."""
    shape = call.inputs["input"].shape
    axis = channel_axis(shape, call.params)
    if example is None:
        last = (*shape[:axis], *shape[axis + 1 :], shape[axis])
        places = np.indices(last).reshape(len(last), -1).T
    else:
        places = np.empty((shape[axis], len(shape)), np.intp)
        places[:, :-1] = example
        places[:, -1] = np.arange(shape[axis])
    order = [*range(axis), len(shape) - 1, *range(axis, len(shape) - 1)]
    return places[:, order]
