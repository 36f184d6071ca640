"""A transposed convolution in the words of NumPy and of PyTorch.

Putting the kernel down at every input cell is, seen from an output cell, a convolution with the
kernel turned round: of the input with zeros between its cells, stride - 1 of them, and around it.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.declaration.call import Call
from engine.declaration.recipe import Recipe, arguments, lines, one_or_all
from engine.recipes.kernels import divided_part, finished
from engine.recipes.windows import SPOTS, Windows
from engine.windows.transposed import TransposedAxis
from engine.windows.window import WindowAxis


def transposed_recipe(call: Call, axes: Sequence[TransposedAxis], groups: int) -> Recipe:
    """Return the recipe of a call along ``axes``."""
    dims, shape, maps = len(axes), call.inputs["input"].shape, call.layout.output[-1 - len(axes)]
    lead, channels, per_group = shape[: -1 - dims], shape[-1 - dims] // groups, maps // groups
    wide = [_stuffed(axis) for axis in axes]
    windows = Windows(wide, len(shape) + 1)
    outer, inner, rest = windows.outer, windows.inner, "..." if lead else ""
    steps = ", ".join(f"::{axis.stride}" for axis in axes)
    cut = ", ".join(f"{axis.before}:{axis.before + axis.output}" for axis in axes)
    numpy_weight, torch_weight = _bank(call, groups, channels, per_group, windows)
    numpy, torch, bias = finished(call, maps, dims)
    plain = all(axis.before == axis.after for axis in axes)
    spots = zip(SPOTS[dims].split(", "), axes, strict=True)
    read = ", ".join(f"{spot} + {axis.before}" if axis.before else spot for spot, axis in spots)
    group = f"k // {per_group}"
    return Recipe(
        lines(
            numpy_weight,
            f"weight = weight[...{', ::-1' * dims}]",
            f"spread = np.zeros({(*lead, groups, channels, *(axis.size for axis in wide))}, x.dtype)",
            f"spread[..., {steps}] = x.reshape{(*lead, groups, channels, *shape[-dims:])}",
            windows.numpy(of="spread"),
            f'output = np.einsum("{rest}gc{outer}{inner},gco{inner}->{rest}go{outer}", windows, weight)',
            f"output = output.reshape{(*lead, maps, *(axis.output for axis in wide))}[..., {cut}]",
            numpy,
        ),
        lines(
            torch_weight,
            f"output = F.conv_transpose{dims}d(x, weight{bias}{_arguments(axes, groups, plain=plain)})",
            None if plain else f"output = output[..., {cut}]",
            torch,
        ),
        terms=f"windows[{group}, :, {read}] * weight[{group}, :, k % {per_group}]",
        parts=f'np.einsum("c{outer}{inner},c{inner}->c{outer}", windows[{group}], '
        f"weight[{group}, :, k % {per_group}])[..., {cut}]{divided_part(call)}",
    )


def _stuffed(axis: TransposedAxis) -> WindowAxis:
    """Return the windows over the input with zeros between its cells; nothing is cut from them yet."""
    around = axis.dilation * (axis.kernel - 1)
    return WindowAxis(
        axis.name,
        axis.stride * (axis.size - 1) + 1,
        axis.kernel,
        dilation=axis.dilation,
        before=around,
        after=around + axis.output_padding,
    )


def _bank(call: Call, groups: int, channels: int, per_group: int, windows: Windows) -> tuple[str, str | None]:
    """Return the lines that give the weights as (groups, channels, maps, ...): torch's as (C, maps, ...)."""
    dims, kernel = windows.dims, windows.kernel
    if call.inputs["weight"].ndim == dims + 2:
        return f"weight = weight.reshape{(groups, channels, per_group, *kernel)}", None
    ones = (1,) * dims
    numpy = f"np.tile(weight.reshape{(1, 1, per_group, *kernel)}, {(groups, channels, 1, *ones)})"
    torch = f"weight.reshape{(1, per_group, *kernel)}.repeat{(groups * channels, 1, *ones)}"
    return f"weight = {numpy}", f"weight = {torch}"


def _arguments(axes: Sequence[TransposedAxis], groups: int, *, plain: bool) -> str:
    """Return what torch.nn.functional is told beside the weights; it cannot cut two sides differently."""
    columns = {
        "stride": ([axis.stride for axis in axes], 1),
        "padding": ([axis.before if plain else 0 for axis in axes], 0),
        "output_padding": ([axis.output_padding for axis in axes], 0),
        "groups": ([groups], 1),
        "dilation": ([axis.dilation for axis in axes], 1),
    }
    return arguments(
        **{name: one_or_all(numbers) for name, (numbers, usual) in columns.items() if set(numbers) != {usual}}
    )
