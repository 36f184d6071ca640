"""Drawn calls: every parameter at once, from the operations' own declarations.

Nothing here names an operation, so that a new one is drawn as soon as it is registered.
Sizes are small and corners likely: one cell, a stride beyond the kernel, a kernel as large as the
padded input, as many groups as channels, reflection at its limit, an empty batch. The draws are
seeded: the same calls in every run, and the report of a failure shows the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Any

import numpy as np

from engine.errors import ConvscopeError
from engine.limits import Limits
from engine.operation import Call, Operation
from engine.parameters import Parameter

Shape = tuple[int, ...]

LAYOUTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "contiguous": lambda array: array,
    "rows backwards": lambda array: array[..., ::-1, :].copy()[..., ::-1, :],
    "columns backwards": lambda array: array[..., ::-1].copy()[..., ::-1],
    "every second": lambda array: np.repeat(array, 2, axis=-1)[..., ::2],
    "Fortran": np.asfortranarray,
    "columns first": lambda array: np.ascontiguousarray(np.swapaxes(array, -1, -2)).swapaxes(-1, -2),
    "repeated": lambda array: np.broadcast_to(array[..., :1, :], array.shape),
}
LATEST: list[object] = []
"""What was drawn last, for the report of a failure (see conftest.py)."""

MOST = {"kernel_size": 5, "stride": 5, "dilation": 3}


@dataclass(frozen=True)
class Taste:
    """What to draw from."""

    types: tuple[str, ...] = ("uint8", "int16", "int64", "float16", "float32", "float64")
    weights: tuple[str, ...] = ("whole", "int64", "float32", "float64")
    batches: tuple[Shape, ...] = ((), (), (), (1,), (2,), (0,))
    layouts: tuple[str, ...] = tuple(LAYOUTS)
    whole_extras: bool = False
    """Whether bias and divisor are whole numbers."""


ANY = Taste()
PICTURES = replace(ANY, batches=((),))
WHOLE = Taste(types=("uint8", "int16", "int64"), weights=("whole", "int64"), batches=((),), whole_extras=True)


@dataclass(frozen=True)
class Drawn:
    """A sound call and what it was made of."""

    operation: Operation
    inputs: dict[str, Any]
    params: dict[str, Any]
    call: Call

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
        arrays = {name: f"{array.dtype} {array.tolist()!s:.1500}" for name, array in self.arrays.items()}
        return f"{self.operation.name}, inputs {arrays}, params {self.params}"


def drawings(operation: Operation, number: int, taste: Taste = ANY, seed: int = 0) -> Iterator[Drawn]:
    """Yield ``number`` sound calls."""
    return islice(_endless(operation, taste, seed), number)


def _endless(operation: Operation, taste: Taste, seed: int) -> Iterator[Drawn]:
    refused = 0
    for attempt in count():
        rng = np.random.default_rng((seed, attempt))
        inputs, params = _inputs_and_params(rng, operation, taste)
        try:
            drawn = Drawn(operation, inputs, params, operation.bind(inputs, params))
        except ConvscopeError:
            refused += 1
            assert refused < 100 + 0.9 * attempt, f"hardly a call of {operation.name} is sound"
        else:
            LATEST[:] = [drawn]
            yield drawn


def pick(rng: np.random.Generator, things):
    """One of several things."""
    return things[int(rng.integers(len(things)))]


def numbers(rng: np.random.Generator, shape: Shape, kind: str) -> np.ndarray:
    """Numbers of a type: levels for uint8, signed whole numbers, or reals."""
    if kind == "uint8":
        return rng.integers(0, 256, shape).astype(np.uint8)
    if kind == "int16":
        return rng.integers(-300, 301, shape).astype(np.int16)
    if kind == "int64":
        return rng.integers(-(2**28), 2**28, shape)
    if kind == "whole":
        return rng.integers(-9, 10, shape).astype(np.float32)
    return rng.normal(scale=10, size=shape).astype(kind)


def _inputs_and_params(
    rng: np.random.Generator, operation: Operation, taste: Taste
) -> tuple[dict[str, Any], dict[str, Any]]:
    height, width = (pick(rng, (1, 2, 3, 4, 5, 6, 7, 8, 9)) for _ in range(2))
    channels = pick(rng, (1, 1, 2, 3, 4, 6))
    shape = (*pick(rng, taste.batches), channels, height, width)
    params = params_of(rng, operation, {"input": shape})
    groups = params.get("groups", 1)
    inputs: dict[str, Any] = {}
    maps = kernels = channels
    for declared in operation.inputs:
        if declared.kind == "maps":
            array = numbers(rng, shape, pick(rng, taste.types))
            inputs[declared.name] = LAYOUTS[pick(rng, taste.layouts)](array)
        elif declared.kind == "kernel":
            size = _kernel_shape(rng, channels, groups)
            kind = pick(rng, taste.weights)
            inputs[declared.name] = numbers(rng, size, "whole" if kind == "int64" else kind).astype(
                "float32" if kind == "whole" else kind
            )
            kernels = size[0] if len(size) > 2 else 1
            maps = kernels if len(size) == 4 else kernels * groups
        elif rng.random() < 0.5:
            inputs[declared.name] = _per_kernel(rng, maps, kernels, taste.whole_extras)
    return inputs, params


def params_of(
    rng: np.random.Generator, operation: Operation, shapes: Mapping[str, Shape], *, everything: bool = False
) -> dict[str, Any]:
    """Values for an operation's parameters, some left out unless ``everything`` is wanted."""
    return {
        parameter.name: _value(rng, parameter, shapes)
        for parameter in operation.parameters
        if (everything or parameter.follows is None)
        and (everything or parameter.required or rng.random() < 0.6)
    }


def _value(rng: np.random.Generator, parameter: Parameter[object], shapes: Mapping[str, Shape]) -> Any:
    domain = parameter.domain(Limits())
    if domain["kind"] == "padding":
        if rng.random() < 0.4:
            return pick(rng, parameter.alternatives())
        sides = rng.integers(0, 5, pick(rng, (1, 2, 4))).tolist()
        return sides[0] if len(sides) == 1 else sides
    if domain["kind"] in ("choice", "flag"):
        return pick(rng, parameter.alternatives())
    if domain["kind"] == "number":
        return float(rng.uniform(-2, 2))
    most = MOST.get(parameter.name, 6)
    if domain.get("axes") == 2:
        values = rng.integers(1, most + 1, 2).tolist()
        return values[0] if rng.random() < 0.4 else values
    if parameter.name == "groups":
        channels = shapes["input"][-3]
        return int(pick(rng, [n for n in range(1, channels + 1) if channels % n == 0]))
    return int(rng.integers(1, most + 1))


def _kernel_shape(rng: np.random.Generator, channels: int, groups: int) -> Shape:
    """(kh, kw), (K, kh, kw) or (O, C / groups, kh, kw)."""
    size = (pick(rng, (1, 2, 3, 3, 4, 5)), pick(rng, (1, 2, 3, 3, 4, 5)))
    kernels = pick(rng, (1, 2, 3))
    return pick(rng, [size, (kernels, *size), (kernels * groups, channels // groups, *size)])


def _per_kernel(rng: np.random.Generator, maps: int, kernels: int, whole: bool) -> np.ndarray:
    shape = pick(rng, [(), (1,), (kernels,), (maps,)])
    signs = rng.choice([-1, 1], shape)
    if whole or rng.random() < 0.5:
        return np.asarray(signs * rng.integers(1, 20, shape))
    return np.asarray(signs * rng.uniform(0.1, 20, shape))
