"""Softmax cross-entropy: how surprised the scores are by the right class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from engine.basics import Array, Float, Number, Shape, Text
from engine.declaration import OUTPUT, Call, Input, Integer, Layout, Output, Params, Real, Recipe
from engine.families import CHANNEL_AXIS, INPUT, channel_axis, losses
from engine.functions import EXP, LARGEST, LN, Function, X, word
from engine.recipes import arguments, lines, torch_channels
from engine.trace import Cell, Step, Trace

IGNORE_INDEX = Integer(
    "ignore_index",
    -100,
    Text("Ignored target", "忽略的目标"),
    Text(
        "A target of this number counts for nothing: no loss, no gradient, no weight.",
        "目标为此数的样本不计：没有损失、梯度和权重。",
    ),
    least=-100,
    limit="channels",
)
LABEL_SMOOTHING = Real(
    "label_smoothing",
    0.0,
    Text("Label smoothing", "标签平滑"),
    Text(
        "What part of the right class's share is spread evenly over all classes.",
        "正确类别的份额中有多少平均分给所有类别。",
    ),
    least=0,
    most=1,
    step=0.01,
)
WEIGHTS = Text("weights", "权重之和")


class CrossEntropy(losses.ClassLoss):
    """cross_entropy(input, target, weight=None, ignore_index=-100, reduction="mean", ...).

    Further arguments: label_smoothing=0.0, *, channel_axis=None. The loss of one example is
    -sum over classes c of q[c] ln p[c], where p = softmax(input) over the channel axis and
    q[c] = weight[c] ((1 - label_smoothing) [c = target] + label_smoothing / C); without weight and
    smoothing, -ln p[target] (Goodfellow, Bengio, Courville, "Deep Learning", 2016, section 6.2.2;
    smoothing: Szegedy et al., "Rethinking the Inception architecture", 2016). "mean" divides the sum by the
    weights of the targets, added up, as PyTorch does; it is not a number where no target counts.
    p is computed from the scores less their maximum, in float64, so no score is too large.

    Shapes: input (C), (N, C), (C, H, W), (N, C, H, W), (N, C, D, H, W), or any with channel_axis;
    target the same without the channel axis, whole numbers from 0 to C - 1, or ignore_index; weight (C).
    Output () for "mean" and "sum", the target's shape for "none"; float32 for float32, else float64.
    Further outputs: probabilities, p, and losses, those of the examples.

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.cross_entropy([[0.0, 0.0], [0.0, 0.0]], [0, 1]).round(6).tolist()
    0.693147
    >>> engine.cross_entropy([1000.0, 0.0], 1).tolist()
    1000.0
    """

    name = "cross_entropy"
    basic = True
    title = Text("Cross-entropy", "交叉熵")
    summary = Text(
        "Turns scores into probabilities by softmax; the loss is minus the logarithm of the right class's.",
        "用 softmax 把得分变为概率；损失是正确类别概率的负对数。",
    )
    inputs = (
        INPUT,
        losses.CLASSES,
        Input("weight", "numbers", Text("Class weights", "类别权重"), required=False, differentiable=False),
    )
    outputs = (
        OUTPUT,
        Output("probabilities", Text("Probabilities", "概率")),
        Output("losses", Text("Losses of the examples", "各样本的损失")),
    )
    parameters = (IGNORE_INDEX, losses.REDUCTION, LABEL_SMOOTHING, CHANNEL_AXIS)

    def ignored(self, params: Params) -> int | None:
        """Return ignore_index."""
        return params.get_of(IGNORE_INDEX)

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes: a cell costs a comparison, a subtraction, an addition and a product with q."""
        shape, examples = shapes["input"], self.examples_shape(shapes, params)
        layout = losses.layout_of_loss(shape, examples, params.get_of(losses.REDUCTION), macs=1, additions=3)
        return replace(layout, further={"probabilities": shape, "losses": examples})

    def forward(self, call: Call) -> Array:
        """Add up -q ln p."""
        examples = losses.examples_of(call, self.ignored(call.params))
        each = self._terms(call, examples).sum(axis=-1)
        result = losses.reduced(each, call.params.get_of(losses.REDUCTION), self._divisor(call, examples))
        return np.asarray(result, self._kind(call))

    def further(self, call: Call, output: Array) -> Mapping[str, Array]:
        """Return softmax and the losses one by one."""
        examples = losses.examples_of(call, self.ignored(call.params))
        shape = call.inputs["input"].shape
        probabilities = np.moveaxis(
            np.exp(_log_softmax(examples.scores)), -1, channel_axis(shape, call.params)
        )
        each = self._terms(call, examples).sum(axis=-1)
        return {
            "probabilities": probabilities.astype(output.dtype),
            "losses": np.asarray(each, output.dtype),
        }

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Take the probabilities, times all that q adds up to, less q."""
        array = call.inputs["input"]
        examples = losses.examples_of(call, self.ignored(call.params))
        wanted = self._wanted(call, examples)
        each = losses.expanded(gradient, call.params.get_of(losses.REDUCTION), self._divisor(call, examples))
        found = np.exp(_log_softmax(examples.scores)) * wanted.sum(axis=-1, keepdims=True) - wanted
        found *= each[..., None]
        kind = gradient.dtype
        return {"input": np.moveaxis(found, -1, channel_axis(array.shape, call.params)).astype(kind)}

    def recipe(self, call: Call) -> Recipe:
        """Return log-softmax over the classes, times what is wanted of each."""
        shape, params = call.inputs["input"].shape, call.params
        axis, ignored = channel_axis(shape, params), params.get_of(IGNORE_INDEX)
        reduction = params.get_of(losses.REDUCTION)
        smoothing, weighted, classes = params.get_of(LABEL_SMOOTHING), "weight" in call.inputs, shape[axis]
        counts = f"(target != {ignored})"
        one = reduction == "none" or call.inputs["target"].size == 1
        mean = f".sum() / ({counts}{' * weight[right]' if weighted else ''}).sum()"
        reduced = {"mean": mean, "sum": ".sum()", "none": ""}
        before, _ = torch_channels(axis)
        lift, back = ("[None]", "[0]" if reduction == "none" else "") if axis == 0 else ("", "")
        options = arguments(
            weight="weight" if weighted else None,
            ignore_index=ignored if ignored != IGNORE_INDEX.default else None,
            label_smoothing=smoothing or None,
            reduction=f'"{reduction}"',
        )
        return Recipe(
            lines(
                f"scores = np.moveaxis(x, {axis}, -1)",
                "scores = scores - scores.max(-1, keepdims=True)",
                "log_p = scores - np.log(np.exp(scores).sum(-1, keepdims=True))",
                f"right = np.where({counts}, target, 0)",
                f"q = {1 - smoothing!r} * np.eye({classes})[right] + {smoothing / classes!r}"
                if smoothing
                else f"q = np.eye({classes})[right]",
                f"q = q * {'weight * ' if weighted else ''}{counts}[..., None]",
                "losses = -(q * log_p).sum(-1)",
                f"output = losses{reduced[reduction]}",
            ),
            f"output = F.cross_entropy(x{before}, target{lift}{options}){back}",
            terms="np.exp(scores[cell])" if one else "-q * log_p",
            further={
                "probabilities": (
                    f"probabilities = np.moveaxis(np.exp(log_p), -1, {axis})",
                    f"probabilities = F.softmax(x, {axis})",
                ),
                "losses": (
                    "",
                    f"losses = F.cross_entropy(x{before}, target{lift}"
                    f"{options.replace(reduction, 'none')}){lift.replace('None', '0')}",
                ),
            },
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return one example's exponentials and their logarithm, or the parts of all examples."""
        examples = losses.examples_of(call, self.ignored(call.params))
        if call.params.get_of(losses.REDUCTION) == "none" or examples.classes.size == 1:
            first = cell or (0,) * examples.classes.ndim
            return self._trace_of_one(call, cell, value, examples, first)
        sources = losses.sources_of(call, None)
        divisor = np.float64(self._divisor(call, examples))
        mean = call.params.get_of(losses.REDUCTION) == "mean"
        return Trace(
            self.name,
            cell,
            sources,
            np.zeros((len(sources), 1), np.intp),
            call.inputs["input"][tuple(sources.T)],
            value,
            each=-(word("q") * LN(word("softmax(x)"))),
            parts=self._terms(call, examples).reshape(-1),
            divisor=divisor if mean and divisor else None,
            steps=(Step("divide", WEIGHTS, value, divisor),) if mean and not divisor else (),
        )

    def _trace_of_one(
        self, call: Call, cell: Cell, value: Number, examples: losses.Examples, example: Cell
    ) -> Trace:
        """Return the trace ln(sum of exp(x - max)) - (x[target] - max), weighted."""
        sources, scores = losses.sources_of(call, example), examples.scores[example]
        shifted = scores - scores.max()
        parts = np.exp(shifted)
        steps = [Step("apply", LN(X), np.log(parts.sum()))]
        wanted = self._wanted(call, examples)[example]

        def then(kind: str, name: Function | Text, operand: Number) -> None:
            before = steps[-1].result
            result = {"multiply": np.multiply, "subtract": np.subtract, "divide": np.divide}[kind]
            steps.append(Step(kind, name, result(before, operand), operand))  # type: ignore[arg-type]

        if call.params.get_of(LABEL_SMOOTHING):
            then("multiply", Text("sum of q", "q 之和"), np.float64(wanted.sum()))
            then(
                "subtract",
                Text("sum of q (x - max)", "q (x − 最大值) 之和"),
                np.float64(_product(wanted, shifted).sum()),
            )
        else:
            then(
                "subtract",
                word("x[target]", "x[目标]") - LARGEST,
                np.float64(shifted[examples.classes[example]]),
            )
            if wanted.sum() != 1:
                then("multiply", Text("q[target]", "q[目标]"), np.float64(wanted.sum()))
        divisor = self._divisor(call, examples)
        if call.params.get_of(losses.REDUCTION) == "mean" and divisor != 1:
            then("divide", WEIGHTS, np.float64(divisor))
        steps[-1] = replace(steps[-1], result=value)
        return Trace(
            self.name,
            cell,
            sources,
            np.zeros((len(sources), 1), np.intp),
            call.inputs["input"][tuple(sources.T)],
            value,
            each=EXP(X - LARGEST),
            parts=parts,
            steps=tuple(steps),
        )

    def _weights(self, call: Call, examples: losses.Examples) -> Float:
        """Return the weight of each class, 1 where none are given."""
        given = call.inputs.get("weight")
        return np.ones(examples.scores.shape[-1:]) if given is None else given.astype(np.float64)

    def _wanted(self, call: Call, examples: losses.Examples) -> Float:
        """Return q, what is wanted of each class, shape (..., C); 0 for what is ignored."""
        smoothing, classes = call.params.get_of(LABEL_SMOOTHING), examples.scores.shape[-1]
        wanted = np.full(examples.scores.shape, smoothing / classes)
        right = np.arange(classes, dtype=np.intp) == examples.classes[..., None]
        wanted[right] += 1 - smoothing
        wanted *= self._weights(call, examples)
        wanted[examples.ignored != 0] = 0
        return wanted

    def _terms(self, call: Call, examples: losses.Examples) -> Float:
        """Return -q ln p, shape (..., C)."""
        return -_product(self._wanted(call, examples), _log_softmax(examples.scores))

    def _divisor(self, call: Call, examples: losses.Examples) -> float:
        """Return the weights of the targets that count, added up."""
        return float(self._weights(call, examples)[examples.classes[examples.ignored == 0]].sum())

    def _kind(self, call: Call) -> np.dtype[np.floating]:
        return losses.loss_type(call.inputs["input"], call.inputs.get("weight"))


def _log_softmax(scores: Float) -> Float:
    """Return ln(softmax) over the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return shifted


def _product(wanted: Float, numbers: Float) -> Float:
    """Return wanted * numbers; nothing is wanted of what stands by a 0, be it infinite."""
    return np.multiply(wanted, numbers, out=np.zeros_like(numbers), where=wanted != 0)


cross_entropy = CrossEntropy()
