"""Padding and sliding windows in the words of NumPy and of PyTorch, for the recipes of operations.

With NumPy, windows are a view of the padded input that takes no memory: ``windows[c, y, x]`` is what
the output cell (y, x) reads of channel c.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.declaration.recipe import arguments, lines, one_or_all
from engine.windows.window import WindowAxis

SPOTS = {1: "column", 2: "row, column", 3: "plane, row, column"}
"""The names that the last coordinates of ``cell`` have in the lines for a trace."""
OUTER, INNER = "zyx", "tij"
"""Letters of outputs and kernel entries in Einstein sums, as many of the last ones as there are axes."""
_NUMPY_MODES = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}


@dataclass(frozen=True)
class Windows:
    """The windows of a call along ``axes``, over an input of ``rank`` axes."""

    axes: Sequence[WindowAxis]
    rank: int

    @property
    def dims(self) -> int:
        """Axes to slide along."""
        return len(self.axes)

    @property
    def sides(self) -> list[tuple[int, int]]:
        """Cells added before and after along each axis, as far as the last window reaches."""
        return [(a.before, max(a.after, a.reach - a.before - a.size)) for a in self.axes]

    @property
    def kernel(self) -> list[int]:
        """Entries of a window along each axis."""
        return [axis.kernel for axis in self.axes]

    @property
    def outer(self) -> str:
        """Letters of the outputs."""
        return OUTER[-self.dims :]

    @property
    def inner(self) -> str:
        """Letters of the kernel entries."""
        return INNER[-self.dims :]

    @property
    def last(self) -> str:
        """The axes of one window."""
        return "-1" if self.dims == 1 else str(tuple(range(-self.dims, 0)))

    def numpy(self, fill: str | None = None, name: str = "windows", of: str = "x") -> str:
        """Return the lines that pad ``of`` and make its windows."""
        return lines(self.numpy_pad(fill, of), f"{name} = {self.view(of)}")

    def numpy_pad(self, fill: str | None = None, of: str = "x") -> str | None:
        """Return the line that pads ``of`` as far as windows reach, if it is padded at all."""
        if not any(map(any, self.sides)):
            return None
        widths = [(0, 0)] * (self.rank - self.dims) + self.sides
        mode = _NUMPY_MODES.get(self.axes[0].padding_mode)
        more = arguments(mode=f'"{mode}"' if mode else None, constant_values=None if mode else fill)
        return f"{of} = np.pad({of}, {widths}{more})"

    def view(self, of: str = "x") -> str:
        """Return the expression for the windows of an array that is padded already."""
        extents = ", ".join(str(axis.extent) for axis in self.axes)
        places = self.last
        shape = f"({extents})" if self.dims > 1 else extents
        return f"sliding_window_view({of}, {shape}, axis={places}){self._steps()}"

    def _steps(self) -> str:
        """Return the slices that leave out what stride and dilation skip."""
        strides = [axis.stride for axis in self.axes]
        dilations = [axis.dilation for axis in self.axes]
        if set(dilations) == {1}:
            if set(strides) == {1}:
                return ""
            return f"[..., {_slices(strides)}{', :' * self.dims}]"
        return f"[..., {_slices(strides)}, {_slices(dilations)}]"

    @property
    def uneven(self) -> bool:
        """Whether an axis is padded more on one side than on the other."""
        return any(axis.before != axis.after for axis in self.axes)

    def torch_pad(self, mode: str = "constant", value: str | None = None) -> str | None:
        """Return the line that pads ``x`` as far as windows reach, if it is padded at all."""
        if not any(map(any, self.sides)):
            return None
        numbers = [str(cells) for sides in reversed(self.sides) for cells in sides]
        more = arguments(mode=f'"{mode}"' if mode != "constant" else None, value=value)
        return f"x = F.pad(x, ({', '.join(numbers)}){more})"

    def torch_windows(self, of: str = "x") -> str:
        """Return the expression for the windows of a padded tensor."""
        unfolded = "".join(f".unfold({-self.dims}, {a.extent}, {a.stride})" for a in self.axes)
        dilations = [axis.dilation for axis in self.axes]
        return f"{of}{unfolded}" + (f"[..., {_slices(dilations)}]" if set(dilations) != {1} else "")

    def torch_arguments(self, *, padding: bool) -> str:
        """Return stride, padding (unless it is done already) and dilation as they are written in a call."""
        columns = {
            "stride": [axis.stride for axis in self.axes],
            "padding": [axis.before if padding else 0 for axis in self.axes],
            "dilation": [axis.dilation for axis in self.axes],
        }
        usual = {"stride": {1}, "padding": {0}, "dilation": {1}}
        return arguments(
            **{name: one_or_all(numbers) for name, numbers in columns.items() if set(numbers) != usual[name]}
        )

    def counts(self, *, padding: bool) -> tuple[str, str]:
        """Return the lines (NumPy, PyTorch) that count the cells of each window, with the padding or without.

        What lies beyond the padded input, where ceil_mode lets a window reach, does not count.
        """
        sizes, sides = [axis.size for axis in self.axes], self.sides
        if padding:
            sizes = [a.size + a.before + a.after for a in self.axes]
            sides = [(0, after - a.after) for a, (_, after) in zip(self.axes, sides, strict=True)]
        flat = [str(cells) for pair in reversed(sides) for cells in pair]
        cells = str(tuple(sizes)) if self.dims > 1 else str(sizes[0])
        tensor = f"torch.ones({(1, *sizes)}, dtype=x.dtype)"
        return (
            f"ones = np.pad(np.ones({cells}), {sides})\ncounts = {self.view('ones')}.sum({self.last})",
            f"ones = F.pad({tensor}, ({', '.join(flat)}))\n"
            f"counts = {self.torch_windows('ones')}.sum({self.last})",
        )

    @property
    def poolable(self) -> bool:
        """Whether PyTorch's pooling takes the padding: even, half a window at most, around one at least."""
        fits = all(axis.before <= axis.kernel // 2 and axis.kernel <= axis.size for axis in self.axes)
        return fits and not self.uneven

    def torch_pooling(self) -> str:
        """Return what PyTorch's pooling is told beside ``x``, which is padded already unless ``poolable``."""
        kernel, stride = one_or_all(self.kernel), one_or_all([axis.stride for axis in self.axes])
        padding = one_or_all([axis.before for axis in self.axes]) if self.poolable else "0"
        dilation = one_or_all([axis.dilation for axis in self.axes])
        ceil_mode = self.poolable and any(axis.ceil_mode for axis in self.axes)
        return kernel + arguments(
            stride=stride if stride != kernel else None,
            padding=padding if padding != "0" else None,
            dilation=dilation if dilation != "1" else None,
            ceil_mode=ceil_mode or None,
        )


def _slices(steps: Sequence[int]) -> str:
    return ", ".join(f"::{step}" if step > 1 else ":" for step in steps)
