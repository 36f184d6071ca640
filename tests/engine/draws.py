"""Drawn calls: every parameter at once, from the operations' own declarations.

Hardly anything here names an operation, so that a new one is drawn as soon as it is registered.
Sizes are small and corners likely: one cell, a stride beyond the kernel, a kernel as large as the
padded input, as many groups as channels, reflection at its limit, an empty batch. The draws are
seeded: the same calls in every run, and the report of a failure shows the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count, islice
from typing import Any

import numpy as np

from engine.declaration.call import Call
from engine.declaration.layout import Input
from engine.declaration.operation import Operation
from engine.declaration.parameters import Parameter, Params, parse_params
from engine.errors import ConvscopeError
from engine.limits import UNLIMITED, Limits

Shape = tuple[int, ...]

LAYOUTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "contiguous": lambda array: array,
    "columns backwards": lambda array: array[..., ::-1].copy()[..., ::-1],
    "every second": lambda array: np.repeat(array, 2, axis=-1)[..., ::2],
    "rows backwards": lambda array: array[..., ::-1, :].copy()[..., ::-1, :],
    "Fortran": np.asfortranarray,
    "columns first": lambda array: np.ascontiguousarray(np.swapaxes(array, -1, -2)).swapaxes(-1, -2),
    "repeated": lambda array: np.broadcast_to(array[..., :1, :], array.shape),
}
LATEST: list[object] = []
"""What was drawn last, for the report of a failure (see conftest.py)."""

MOST = {"kernel_size": (5, 5, 3), "stride": (5, 5, 3), "dilation": (3, 3, 2)}
"""The largest values drawn for signals, pictures and volumes; 6 and 4 for others."""
OFTEN = ("conv2d", "max_pool2d", "avg_pool2d")
"""Drawn most: what others are made like, with the most that can go wrong together."""
SHARES = {None: 0.06, 1: 0.1, 2: 0.15, 3: 0.06}
"""How many of the draws asked for are worth their time for others, by the number of window axes."""


@dataclass(frozen=True)
class Taste:
    """What to draw from."""

    types: tuple[str, ...] = ("uint8", "int16", "int64", "float16", "float32", "float64")
    weights: tuple[str, ...] = ("whole", "int64", "float32", "float64")
    batches: tuple[Shape, ...] = ((), (), (), (1,), (2,), (0,))
    layouts: tuple[str, ...] = tuple(LAYOUTS)
    single: bool = False
    """Whether only what has maps and traces will do: no batch of pictures."""
    whole_extras: bool = False
    """Whether bias, divisor and other numbers are whole."""
    scale: float = 10


ANY = Taste()
PICTURES = replace(ANY, batches=((),), single=True)
WHOLE = Taste(
    types=("uint8", "int16", "int64"),
    weights=("whole", "int64"),
    batches=((),),
    single=True,
    whole_extras=True,
)
REAL = Taste(types=("float64",), weights=("float64",), layouts=("contiguous",), scale=1)
"""For derivatives: doubles of moderate size."""


@dataclass(frozen=True)
class Drawn:
    """A sound call and what it was made of."""

    operation: Operation
    inputs: dict[str, Any]
    params: dict[str, Any]
    call: Call = field(compare=False)

    def bound(self, **inputs: object) -> Call:
        """The same call with other inputs."""
        return self.operation.bind({**self.inputs, **inputs}, self.params)

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """The inputs that were given, as arrays."""
        return {name: np.asarray(value) for name, value in self.inputs.items()}

    @property
    def whole(self) -> bool:
        """Whether every number given is a whole one."""
        return all(bool(np.all(np.rint(a) == a)) for a in self.arrays.values())

    def __str__(self) -> str:
        arrays = {
            name: f"{array.dtype} {array.shape} {array.tolist()!s:.1500}"
            for name, array in self.arrays.items()
        }
        return f"{self.operation.name}, inputs {arrays}, params {self.params}"


def drawings(operation: Operation, number: int, taste: Taste = ANY, seed: int = 0) -> Iterator[Drawn]:
    """Yield up to ``number`` sound calls: all of them for a few operations, a share for the others."""
    share = number if operation.name in OFTEN else int(number * SHARES[operation.dims])
    return islice(_endless(operation, taste, seed), max(share, min(number, 10)))


def _endless(operation: Operation, taste: Taste, seed: int) -> Iterator[Drawn]:
    refused = 0
    for attempt in count():
        rng = np.random.default_rng((seed, attempt))
        try:
            inputs, params = _inputs_and_params(rng, operation, taste)
            drawn = Drawn(operation, inputs, params, operation.bind(inputs, params))
        except ConvscopeError:
            refused += 1
            assert refused < 100 + 0.95 * attempt, f"hardly a call of {operation.name} is sound"
            continue
        if taste.single and drawn.call.layout.batched:
            continue
        LATEST[:] = [drawn]
        yield drawn


def pick(rng: np.random.Generator, things):
    """One of several things."""
    return things[int(rng.integers(len(things)))]


def numbers(rng: np.random.Generator, shape: Shape, kind: str, scale: float = 10) -> np.ndarray:
    """Numbers of a type: levels for uint8, signed whole numbers, or reals."""
    if kind == "uint8":
        return rng.integers(0, 256, shape).astype(np.uint8)
    if kind == "int16":
        return rng.integers(-300, 301, shape).astype(np.int16)
    if kind == "int64":
        return rng.integers(-(2**28), 2**28, shape)
    if kind == "whole":
        return rng.integers(-9, 10, shape).astype(np.float32)
    return rng.normal(scale=scale, size=shape).astype(kind)


def shape_for(rng: np.random.Generator, operation: Operation, taste: Taste) -> Shape:
    """A shape of the first input: as many axes as windows need, or any number from 1 to 5."""
    batch = pick(rng, taste.batches)
    axes = operation.dims
    if axes is None:
        axes = pick(rng, (0, 0, 2, 2, 2, 3))
        batch = pick(rng, ((), (1,), (2,), (3,))) if taste.single else batch
        batch = batch or (2,) if axes == 3 else batch
    most = {0: 1, 1: 12, 2: 9, 3: 5}[axes]
    sizes = [int(rng.integers(1, most + 1)) for _ in range(axes)]
    channels = pick(rng, (1, 1, 2, 3, 4, 6) if axes < 3 else (1, 2, 3, 4))
    return (*batch, channels, *sizes)


def arranged(rng: np.random.Generator, array: np.ndarray, taste: Taste) -> np.ndarray:
    """The same numbers in one of the memory layouts."""
    layouts = taste.layouts if array.ndim > 1 else tuple(LAYOUTS)[:3]
    return LAYOUTS[pick(rng, layouts)](array) if array.ndim else array


def _inputs_and_params(
    rng: np.random.Generator, operation: Operation, taste: Taste
) -> tuple[dict[str, Any], dict[str, Any]]:
    shape = shape_for(rng, operation, taste)
    params = params_of(rng, operation, {"input": shape})
    inputs: dict[str, Any] = {
        "input": arranged(rng, numbers(rng, shape, pick(rng, taste.types), taste.scale), taste)
    }
    sizes = {p.name: _followed(rng, p, params) for p in operation.parameters if p.follows is not None}
    for declared in operation.inputs[1:]:
        if declared.required or rng.random() < 0.5:
            inputs[declared.name] = _drawn_input(rng, operation, declared, inputs, params, sizes, taste)
    return inputs, params


def _drawn_input(
    rng: np.random.Generator,
    operation: Operation,
    declared: Input,
    inputs: Mapping[str, np.ndarray],
    params: Mapping[str, Any],
    sizes: Mapping[str, Any],
    taste: Taste,
) -> np.ndarray:
    def sampled() -> np.ndarray:
        return sample(operation, declared.name, inputs, {**params, **sizes}, rng)

    if declared.kind == "maps":
        array = numbers(rng, sampled().shape, pick(rng, taste.types), taste.scale)
        return arranged(rng, array, taste)
    if declared.kind == "kernel":
        plain = operation.name.startswith("conv") and rng.random() < 0.5
        shape = _plain_kernel(rng, operation.dims or 2) if plain else sampled().shape
        kind = pick(rng, taste.weights)
        array = numbers(rng, shape, "whole" if kind == "int64" else kind, taste.scale)
        return array.astype(kind) if kind != "whole" else array
    if declared.kind == "per_kernel":
        return _per_kernel(
            rng, _per_kernel_shape(rng, operation, inputs, params, sampled), taste.whole_extras
        )
    array = sampled()
    if declared.kind == "numbers" and taste.whole_extras:
        array = np.sign(array) * np.ceil(np.abs(array))
    return array.astype(np.float64) if array.dtype.kind == "f" and taste.types == ("float64",) else array


def sample(
    operation: Operation,
    name: str,
    inputs: Mapping[str, np.ndarray],
    params: Mapping[str, Any],
    rng: np.random.Generator,
) -> np.ndarray:
    """What the operation itself draws for one input beside others; parameters as a caller writes them."""
    shapes = {known: np.shape(array) for known, array in inputs.items()}
    return operation.sample(name, shapes, settled(operation, shapes, params), rng)


def settled(operation: Operation, shapes: Mapping[str, Shape], params: Mapping[str, Any]) -> Params:
    """The parameters as far as they follow from the shapes known so far."""
    free = {
        p.name: params[p.name]
        for p in operation.parameters
        if p.name in params and (p.follows is None or p.follows not in shapes)
    }
    asked = parse_params(operation.parameters, free, UNLIMITED)
    try:
        return operation.settle(shapes, asked)
    except ConvscopeError:
        return asked


def params_of(
    rng: np.random.Generator, operation: Operation, shapes: Mapping[str, Shape], *, everything: bool = False
) -> dict[str, Any]:
    """Values for an operation's parameters, some left out unless ``everything`` is wanted."""
    return {
        parameter.name: _value(rng, parameter, shapes, operation.dims)
        for parameter in operation.parameters
        if (everything or parameter.follows is None)
        and (everything or parameter.required or rng.random() < 0.6)
    }


def _followed(rng: np.random.Generator, parameter: Parameter[object], params: Mapping[str, Any]) -> Any:
    if parameter.name == "out_channels":
        return int(params.get("groups") or 1) * int(rng.integers(1, 4))
    return _value(rng, parameter, {"input": (1,)}, None)


def _value(
    rng: np.random.Generator, parameter: Parameter[object], shapes: Mapping[str, Shape], dims: int | None
) -> Any:
    domain = parameter.domain(Limits())
    axes = domain.get("axes")
    if domain["kind"] == "padding":
        assert isinstance(axes, int)
        if parameter.alternatives() and rng.random() < 0.4:
            return pick(rng, parameter.alternatives())
        sides = rng.integers(0, 5 if axes < 3 else 3, pick(rng, (1, axes, 2 * axes))).tolist()
        return sides[0] if len(sides) == 1 else sides
    if domain["kind"] in ("choice", "flag"):
        return pick(rng, parameter.alternatives())
    least, most = domain["min"], domain["max"]
    assert isinstance(least, int | float)
    assert isinstance(most, int | float)
    if domain["kind"] == "number":
        return float(rng.uniform(max(least, -2), min(most, max(least, 0) + 2)))
    if parameter.name == "groups":
        channels = shapes["input"][-1 - (dims or 2)]
        return int(pick(rng, [n for n in range(1, channels + 1) if channels % n == 0]))
    top = MOST.get(parameter.name, (6, 6, 4))[(axes if isinstance(axes, int) else 2) - 1]
    low, high = max(int(least), -2), int(min(most, max(int(least), -2) + top))
    low, high = (low, min(high, top)) if low <= top else (low, high)
    if isinstance(axes, int):
        values = rng.integers(low, high + 1, axes).tolist()
        return values[0] if rng.random() < 0.4 else values
    return int(rng.integers(low, high + 1))


def _plain_kernel(rng: np.random.Generator, axes: int) -> Shape:
    """One kernel without channels, or several."""
    size = tuple(pick(rng, (1, 2, 3, 3, 4, 5) if axes < 3 else (1, 2, 3)) for _ in range(axes))
    return pick(rng, [size, (pick(rng, (1, 2, 3)), *size)])


def _per_kernel_shape(
    rng: np.random.Generator,
    operation: Operation,
    inputs: Mapping[str, np.ndarray],
    params: Mapping[str, Any],
    sampled: Callable[[], np.ndarray],
) -> Shape:
    """One number, or one for each kernel or map."""
    weight = inputs["weight"].shape if "weight" in inputs else (1,)
    axes = operation.dims or 2
    kernels = weight[0] if len(weight) > axes else 1
    maps = kernels if len(weight) == axes + 2 else kernels * int(params.get("groups") or 1)
    return pick(rng, [sampled().shape, (), (1,), (kernels,), (maps,)])


def _per_kernel(rng: np.random.Generator, shape: Shape, whole: bool) -> np.ndarray:
    signs = rng.choice([-1, 1], shape)
    if whole or rng.random() < 0.5:
        return np.asarray(signs * rng.integers(1, 20, shape))
    return np.asarray(signs * rng.uniform(0.1, 20, shape))


def sized(operation: Operation, shape: Shape, params: Mapping[str, Any], seed: int = 0) -> Call:
    """A call on float32 of this shape, with what the operation draws for its other required inputs."""
    rng = np.random.default_rng(seed)
    inputs: dict[str, Any] = {"input": rng.standard_normal(shape).astype(np.float32)}
    for declared in operation.inputs[1:]:
        if declared.required:
            inputs[declared.name] = sample(operation, declared.name, inputs, params, rng)
    return operation.bind(inputs, params)


def usual_shapes(operation: Operation, side: int = 20) -> list[Shape]:
    """Shapes of batches that may suit the operation."""
    dims = operation.dims
    if dims is None:
        return [(2, 3, side, side), (3, 5), (3, side, side), (5,), (3, 5, side)]
    return [(2, 3, *((side // 3, side // 3, side)[-dims:] if dims == 3 else (side,) * dims))]


def usual_params(operation: Operation, *shapes: Shape) -> dict[str, Any] | None:
    """Parameters with which calls of all these shapes are sound: few, but for what is required."""
    for seed in range(60):
        rng = np.random.default_rng(seed)
        params = {
            p.name: _value(rng, p, {"input": shapes[0]}, operation.dims)
            for p in operation.parameters
            if p.follows is None and p.required
        }
        if seed >= 30:
            params = params_of(rng, operation, {"input": shapes[0]})
        try:
            for shape in shapes:
                sized(operation, shape, params)
        except ConvscopeError:
            continue
        return params
    return None
