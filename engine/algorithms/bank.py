"""A bank of kernels: how weights and what is given per kernel spread over groups and maps.

Kernels without channels repeat over those of the input; with K of them in G groups there are
K G maps, and map number = group K + kernel.
"""

from __future__ import annotations

from math import prod

import numpy as np

from engine.arrays import Array, Float, Shape, largest
from engine.errors import ShapeError
from engine.texts import Text


def spread(weight: Array, groups: int, channels: int, dims: int = 2) -> Array:
    """Return the weights as (groups, maps per group, channels of a group, *kernel).

    One kernel for all channels of a single group gets one channel: the channels are summed
    first, which is the same sum in fewer products.
    """
    if weight.ndim == dims + 2:
        return weight.reshape(groups, weight.shape[0] // groups, *weight.shape[1:])
    channels = 1 if groups == 1 else channels // groups
    kernels = weight.reshape(1, -1, 1, *weight.shape[-dims:])
    return np.broadcast_to(kernels, (groups, kernels.shape[1], channels, *weight.shape[-dims:]))


def gather(bank: Float, shape: Shape, dims: int = 2) -> Float:
    """Return the adjoint of ``spread``: the weights of ``shape`` from a gradient by the whole bank."""
    if len(shape) < dims + 2:
        bank = bank.sum(axis=(0, 2))
    return bank.reshape(shape)


_ONE_PER_MAP = Text(
    "{name} must be one number or a list of {maps} (one per map); it has the shape {shape}.",
    "{name} 须为一个数，或 {maps} 个（每张输出图一个）；这里的形状是 {shape}。",
)
_ONE_EACH = Text(
    "{name} must be one number or a list of {kernels} (one per kernel) or {maps} (one per map); it has the "
    "shape {shape}.",
    "{name} 须为一个数，或 {kernels} 个（每个核一个），或 {maps} 个（每张输出图一个）；这里的形状是 {shape}。"
    "",
)
_LEAVE_OUT = Text(
    "Leave the bias out, or give one number for each map.", "请去掉偏置，或给每张输出图一个数。"
)
_GIVE_ONE = Text("Give one divisor for all, or one for each map.", "请给一个共用的除数，或每张输出图一个。")


def check_per_map(name: str, shape: Shape | None, maps: int, kernels: int) -> None:
    """Raise ShapeError unless ``shape`` is one number, one per kernel or one per map."""
    if shape is None or shape == () or (len(shape) == 1 and shape[0] in (1, maps, kernels)):
        return
    raise ShapeError(
        f"{name}_length",
        _ONE_PER_MAP if kernels == maps else _ONE_EACH,
        field=name,
        values={"name": name, "shape": list(shape), "maps": maps, "kernels": kernels},
        advice=_LEAVE_OUT if name == "bias" else _GIVE_ONE,
    )


def per_map(values: Array | None, maps: int) -> Array | None:
    """Return one number per map; kernels repeat from channel to channel."""
    if values is None:
        return None
    return np.tile(values.reshape(-1), maps // max(values.size, 1))


def sum_per_map(totals: Float, shape: Shape) -> Float:
    """Return the adjoint of ``per_map``: numbers of ``shape`` from a gradient (maps,)."""
    return totals.reshape(-1, max(prod(shape), 1)).sum(axis=0).reshape(shape)


def sum_of_channels(array: Array) -> Array:
    """Return (N, 1, H, W): exact for whole numbers, in float64 for others."""
    if array.shape[1] == 1:
        return array
    if array.dtype == np.uint8 and array.shape[1] <= 256:
        return array.sum(axis=1, keepdims=True, dtype=np.uint16)
    fits = array.dtype.kind != "f" and largest(array) * array.shape[1] < 2**63
    return array.sum(axis=1, keepdims=True, dtype=np.int64 if fits else np.float64)
