"""What the recipes of operations with kernels share: correlation, what is given per map."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from engine.arrays import Shape
from engine.declaration.call import Call
from engine.declaration.recipe import arguments, lines
from engine.recipes.windows import SPOTS, Windows


@dataclass(frozen=True)
class Correlation:
    """Kernels ``weight`` slid over ``x`` in the call's windows, giving ``maps`` maps in ``groups``.

    With NumPy, the channels of several groups stand on an axis of their own.
    """

    call: Call
    windows: Windows
    maps: int
    groups: int
    mode: str
    flip: bool = False

    @property
    def channels(self) -> int:
        """Channels of the input that a map reads."""
        return self.call.inputs["input"].shape[-1 - self.windows.dims] // self.groups

    @property
    def depthwise(self) -> bool:
        """Whether each channel of one picture gives one map by itself."""
        one_picture = self.call.inputs["input"].ndim == self.windows.dims + 1
        return one_picture and self.channels == 1 and self.maps == self.groups > 1

    def numpy(self, name: str) -> str:
        """Return the lines that give the sums as ``name``."""
        dims, shape = self.windows.dims, self.call.inputs["input"].shape
        outer, inner = self.windows.outer, self.windows.inner
        rest = "..." if len(shape) > dims + 1 else ""
        reshaped, bank, group, back = None, "weight", "", ""
        if self.depthwise:
            group, reshaped, bank, back = "g", "x = x[:, None]", "weight[:, None]", "[:, 0]"
        elif self.groups > 1:
            group = "g"
            reshaped = f"x = x.reshape{(*shape[: -1 - dims], self.groups, self.channels, *shape[-dims:])}"
            sizes = (self.groups, self.maps // self.groups, self.channels, *self.windows.kernel)
            bank = f"weight.reshape{sizes}"
            outputs = (axis.output for axis in self.windows.axes)
            back = f".reshape{(*shape[: -1 - dims], self.maps, *outputs)}"
        windows = Windows(self.windows.axes, len(shape) + len(group))
        letters = f"{rest}{group}c{outer}{inner},{group}oc{inner}->{rest}{group}o{outer}"
        return lines(
            spread(self.call.inputs["weight"].shape, self.groups, self.channels, dims)[0],
            f"weight = weight[...{', ::-1' * dims}]" if self.flip else None,
            reshaped,
            windows.numpy(),
            f'{name} = np.einsum("{letters}", windows, {bank}){back}',
        )

    def torch(self, name: str, bias: str = "") -> str:
        """Return the lines that give the sums as ``name``, with the ``bias`` if one is given."""
        dims, plain = self.windows.dims, self.mode == "zeros" and not self.windows.uneven
        places = ", ".join(str(axis) for axis in range(-dims, 0))
        groups = arguments(groups=self.groups if self.groups > 1 else None)
        return lines(
            spread(self.call.inputs["weight"].shape, self.groups, self.channels, dims)[1],
            f"weight = weight.flip({places})" if self.flip else None,
            None if plain else self.windows.torch_pad("constant" if self.mode == "zeros" else self.mode),
            f"{name} = F.conv{dims}d(x, weight{bias}{self.windows.torch_arguments(padding=plain)}{groups})",
        )

    @property
    def window(self) -> str:
        """The window that a cell of map ``k`` reads, channel by channel, in NumPy."""
        group = f"k // {self.maps // self.groups}, " if self.groups > 1 else ""
        return f"windows[{group}:, {SPOTS[self.windows.dims]}]"

    @property
    def parts(self) -> str:
        """What each channel adds to map ``k``, in NumPy."""
        group = f"[k // {self.maps // self.groups}]" if self.groups > 1 else ""
        outer, inner = self.windows.outer, self.windows.inner
        sums = f'np.einsum("c{outer}{inner},c{inner}->c{outer}", windows{group}, weight[k])'
        return sums + divided_part(self.call)


def spread(weight: Shape, groups: int, each: int, dims: int) -> tuple[str | None, str | None]:
    """Return the lines (NumPy, PyTorch) that give kernels without channels those of a group, ``each``."""
    if len(weight) == dims + 2:
        return None, None
    kernels = (prod(weight[:-dims]), 1, *weight[-dims:])
    repeats = (groups, each, *[1] * dims)
    reshaped = f"weight.reshape{kernels}"
    if set(repeats) == {1}:
        return f"weight = {reshaped}", f"weight = {reshaped}"
    return f"weight = np.tile({reshaped}, {repeats})", f"weight = {reshaped}.repeat{repeats}"


def by_map(call: Call, name: str, sign: str, maps: int, dims: int, of: str = "output") -> tuple[str, str]:
    """Return the lines (NumPy, PyTorch) that divide maps by, or add, what is given per map."""
    if name not in call.inputs:
        return "", ""
    count = call.inputs[name].size
    if count == 1:
        both = f"{of} = {of} {sign} {name}"
        return both, both
    column = f"[:{', None' * dims}]"
    if count == maps:
        both = f"{of} = {of} {sign} {name}{column}"
        return both, both
    return (
        f"{of} = {of} {sign} np.tile({name}, {maps // count}){column}",
        f"{of} = {of} {sign} {name}.repeat({maps // count}){column}",
    )


def finished(call: Call, maps: int, dims: int) -> tuple[str, str, str]:
    """Return the lines (NumPy, PyTorch) that divide the sums and add the bias.

    Last comes the argument by which PyTorch adds the bias itself, where it can.
    """
    numpy, torch = zip(
        by_map(call, "divisor", "/", maps, dims), by_map(call, "bias", "+", maps, dims), strict=True
    )
    plain = "divisor" not in call.inputs and "bias" in call.inputs and call.inputs["bias"].shape == (maps,)
    return lines(*numpy), "" if plain else lines(*torch), ", bias" if plain else ""


def divided_part(call: Call) -> str:
    """Return what divides a channel's part in map ``k``, in NumPy."""
    if "divisor" not in call.inputs:
        return ""
    count = call.inputs["divisor"].size
    return " / divisor" if count == 1 else f" / divisor[k % {count}]"
