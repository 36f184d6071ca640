"""Local response normalisation: neighbouring channels damp each other, as in AlexNet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np

from engine.basics import Array, Float, Number, Shape, Text, float_for
from engine.declaration import Call, Counts, Integer, Layout, Operation, Params, Real, Recipe, product, symbol
from engine.families import CHANNEL_AXIS, INPUT, NORMALISATION, channel_axis, identity_axes
from engine.functions import X
from engine.recipes import lines, torch_channels
from engine.trace import Cell, Step, Trace

SIZE = Integer(
    "size",
    None,
    Text("Channels together", "相邻通道数"),
    Text("How many neighbouring channels damp each other.", "多少个相邻通道相互抑制。"),
    required=True,
    start=5,
    limit="channels",
)
ALPHA = Real(
    "alpha",
    1e-4,
    Text("Alpha", "α"),
    Text("How strongly the mean square damps.", "均方值抑制的强度。"),
    least=0,
    step=1e-4,
)
BETA = Real(
    "beta",
    0.75,
    Text("Beta", "β"),
    Text("The power to which what is divided by is raised.", "除数所取的幂。"),
    least=0,
    most=100,
    step=0.05,
)
K = Real(
    "k",
    1.0,
    Text("k", "常数 k"),
    Text("Added to the mean square, so that nothing is divided by 0.", "加到均方值上，避免除以 0。"),
    least=0,
)


class LocalResponseNorm(Operation):
    """local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1.0, *, channel_axis=None).

    output[c] = input[c] / (k + alpha / size * sum over j of input[j]^2)^beta, where j runs over the
    channels c - size // 2 to c + (size - 1) // 2 that there are (Krizhevsky, Sutskever, Hinton,
    "ImageNet classification with deep convolutional neural networks", 2012, section 3.3; they do not
    divide alpha by size: their 1e-4 with 5 channels is 5e-4 here). The same as PyTorch; ONNX's LRN
    agrees for odd sizes, and for even ones has its longer side after c instead of before.

    Shapes: input (C), (N, C), (C, H, W), (N, C, H, W), (N, C, D, H, W), or any with channel_axis; output
    the same, float32 (float64 if given float64). Squares are summed in float64.

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.local_response_norm([1.0, 2.0, 3.0], 3, alpha=3, beta=1, k=0).tolist()
    [0.2, 0.14285714285714285, 0.23076923076923078]
    """

    name = "local_response_norm"
    title = Text("Local response normalisation", "局部响应归一化")
    summary = Text(
        "Divides every cell by how strongly the neighbouring channels respond at the same place.",
        "每个格除以同一位置上相邻通道响应的强度。",
    )
    family = NORMALISATION
    inputs = (INPUT,)
    parameters = (SIZE, ALPHA, BETA, K, CHANNEL_AXIS)

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes: what goes in comes out."""
        shape = shapes["input"]
        axis = channel_axis(shape, params)
        cells, read = prod(shape), min(params.get_of(SIZE), shape[axis])
        return Layout(
            shape,
            identity_axes(shape) if axis < len(shape) - 2 else (),
            counts=lambda: Counts(
                macs=product(symbol("neighbours", read) + 1, cells=shape), additions=product(cells=shape)
            ),
            bytes=8 * 6 * cells,
        )

    def forward(self, call: Call) -> Array:
        """Divide by the power of the damping."""
        array, window = call.inputs["input"], _Window.of(call)
        result = window.damping(array.astype(np.float64))
        np.power(result, -call.params.get_of(BETA), out=result)
        result *= array
        return result.astype(float_for(array), copy=False)

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Take the quotient's own part, less what each cell takes from its neighbours by damping them."""
        array, window, beta = call.inputs["input"], _Window.of(call), call.params.get_of(BETA)
        x = array.astype(np.float64)
        damping = window.damping(x)
        own = gradient * damping**-beta
        if beta * call.params.get_of(ALPHA) == 0:
            # Nothing damps: what would be taken is 0 even where it is divided by 0.
            return {"input": own.astype(gradient.dtype)}
        taken = window.sum_over_readers(own * x / damping)
        found = own - 2 * beta * call.params.get_of(ALPHA) / window.size * x * taken
        return {"input": found.astype(gradient.dtype)}

    def recipe(self, call: Call) -> Recipe:
        """Return the input, divided by the power of what the squares of its neighbours add up to."""
        shape, window, beta = call.inputs["input"].shape, _Window.of(call), call.params.get_of(BETA)
        widths = [(window.before, window.after) if a == window.axis else (0, 0) for a in range(len(shape))]
        before, after = torch_channels(window.axis)
        if len(shape) + (window.axis == 0) < 3:
            before, after = f"{before}[..., None]", f"[..., 0]{after}"
        return Recipe(
            lines(
                f"squares = np.pad(x**2.0, {widths})",
                f"squares = sliding_window_view(squares, {window.size}, axis={window.axis})",
                f"damping = {window.k!r} + {window.alpha!r} / {window.size} * squares.sum(-1)",
                f"output = x / damping ** {beta!r}",
            ),
            f"output = F.local_response_norm(x{before}, {window.size}, "
            f"alpha={window.alpha!r}, beta={beta!r}, k={window.k!r}){after}",
            terms="squares[cell]",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the squares of the channels together, and what is made of their mean."""
        array, window = call.inputs["input"], _Window.of(call)
        first = max(cell[window.axis] - window.before, 0)
        channels = np.arange(first, min(cell[window.axis] + window.after + 1, array.shape[window.axis]))
        sources = np.repeat(np.array([cell], np.intp), channels.size, axis=0)
        sources[:, window.axis] = channels
        values = array[tuple(sources.T)]
        parts = values.astype(np.float64) ** 2
        alpha, k = np.float64(call.params.get_of(ALPHA)), np.float64(call.params.get_of(K))
        scaled = np.float64(parts.sum() / window.size * alpha)
        power = np.float64((scaled + k) ** -call.params.get_of(BETA))
        return Trace(
            self.name,
            cell,
            sources,
            np.arange(channels.size, dtype=np.intp)[:, None],
            values,
            value,
            divisor=np.int64(window.size),
            each=X**2,
            parts=parts,
            steps=(
                Step("multiply", Text("alpha", "系数 alpha"), scaled, alpha),
                Step("add", Text("k", "常数 k"), np.float64(scaled + k), k),
                Step("apply", X ** -call.params.get_of(BETA), power),
                Step("multiply", Text("input", "输入"), value, array[cell]),
            ),
        )


@dataclass(frozen=True)
class _Window:
    """The channels that damp one: ``before`` and ``after`` it along ``axis``."""

    axis: int
    size: int
    alpha: float
    k: float

    @classmethod
    def of(cls, call: Call) -> _Window:
        axis = channel_axis(call.inputs["input"].shape, call.params)
        return cls(axis, call.params.get_of(SIZE), call.params.get_of(ALPHA), call.params.get_of(K))

    @property
    def before(self) -> int:
        return self.size // 2

    @property
    def after(self) -> int:
        return (self.size - 1) // 2

    def damping(self, x: Float) -> Float:
        """Return k + alpha / size * the sum of squares around every channel."""
        result = self._sums(x * x, self.before, self.after)
        result *= self.alpha / self.size
        result += self.k
        return result

    def sum_over_readers(self, x: Float) -> Float:
        """Return for every channel the sum over the channels that it damps: the adjoint."""
        return self._sums(x, self.after, self.before)

    def _sums(self, x: Float, before: int, after: int) -> Float:
        """Add up shifted copies: a running sum would carry infinity and rounding on to other channels."""
        channels = x.shape[self.axis]
        moved = np.moveaxis(x, self.axis, 0)
        total = np.zeros_like(moved)
        for shift in range(max(-before, 1 - channels), min(after, channels - 1) + 1):
            first, last = max(-shift, 0), channels - max(shift, 0)
            total[first:last] += moved[first + shift : last + shift]
        return np.moveaxis(total, 0, self.axis)


local_response_norm = LocalResponseNorm()
