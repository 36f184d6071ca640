"""The same with NumPy alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from engine.declaration.layout import Layout
from engine.declaration.recipe import Recipe, lines
from engine.recipes.windows import SPOTS
from engine.texts import Text
from server.code.subject import Subject
from server.code.wanted import cut, map_of, output_of, picked, shown
from server.errors import ApiError
from server.wire.wishes import CurveWish, MapsWish, TraceWish

Bins: TypeAlias = Mapping[str, str]

_TYPES = "# Whole numbers are int64, so that sums are exact, others float64; the engine gives float32."


def inputs(subject: Subject, indent: int = 0) -> str:
    """Return the lines that make the inputs: whole numbers as int64, others as float64."""
    made = [_TYPES]
    for name, variable in subject.names().items():
        head = f"{variable} = "
        given = subject.given(name, indent + len(head))
        whole = subject.plain.inputs[name].dtype.kind in "iu"
        wide = f".astype({'np.int64' if whole else 'np.float64'})" if given.startswith("fetch") else ""
        made += [f"{head}{given}{wide}", *([row] if (row := subject.row(name)) else [])]
    return "\n".join(made)


def computed(subject: Subject, name: str = "output") -> str:
    """Return the lines that give an output, from the inputs on."""
    further = further_of(subject, subject.recipe, name, 0)
    return lines(subject.recipe.numpy, *activation(subject, 0), further)


def activation(subject: Subject, language: int) -> list[str]:
    """Return the line of the activation, if there is one: NumPy's is 0, PyTorch's 1."""
    call = subject.activation
    recipe = call and call.operation.recipe(call)
    if recipe is None:
        return []
    return [re.sub(r"\bx\b", "output", (recipe.numpy, recipe.torch)[language])]


def run(subject: Subject, wish: MapsWish) -> str:
    """Return the lines that compute an output."""
    name = output_of(subject, wish)
    variable = variable_of(subject, name)
    return (
        f"{inputs(subject)}\n\n{computed(subject, name)}\n\n"
        f"{lines(picked(subject, wish, variable), shown(subject, wish, variable, variable))}"
    )


def trace(subject: Subject, wish: TraceWish) -> str:
    """Return the lines that tell the terms of a cell, what they add up to, and its value."""
    cell, recipe, dims = tuple(wish.cell), subject.recipe, subject.plain.operation.dims
    spots = f"k, {SPOTS[dims]} = " if dims is not None and len(cell) == dims + 1 else ""
    return (
        f"{inputs(subject)}\n\n{computed(subject)}\n\n"
        f"cell = {spots}{cell}\n"
        f"terms = {f'np.array({recipe.terms})' if recipe.terms.startswith('[') else recipe.terms}\n"
        f'print("terms", terms.size)\nprint("sum", terms.{recipe.reduction}())\n'
        f'print("value", output[cell])'
    )


def shape(subject: Subject) -> str:
    """Return the lines that count the sizes by their law, or else see what comes out of zeros."""
    layout = subject.plain.layout
    if layout.spatial is None or not layout.axes:
        return f"{inputs(subject)}\n\n{computed(subject)}\n\n{counted(layout, 'output.shape')}"
    sizes = [f"{axis.name} = {axis.law.python}" for axis in layout.axes]
    names = ", ".join([*map(str, layout.output[: -len(sizes)]), *(axis.name for axis in layout.axes)])
    return lines(*sizes, counted(layout, f"({names})"))


def parts(subject: Subject, wish: MapsWish) -> str:
    """Return the lines that compute what each input channel gives to a map."""
    return lines(
        f"{inputs(subject)}\n\n{subject.recipe.numpy}\n\n{_picked_part(subject, wish)}",
        f"part = {subject.recipe.parts}",
        _as_pictures(subject),
        cut(wish, "part"),
        "print(part.shape)",
        'np.save("parts.npy", part)',
    )


def _picked_part(subject: Subject, wish: MapsWish) -> str:
    """Return the line that names the map; the maps of volumes are counted plane by plane."""
    planes = subject.plain.layout.maps[0] // subject.plain.layout.output[0]
    number, plane = divmod(wish.parts or 0, planes)
    return f"k, plane = {number}, {plane}" if subject.plain.operation.dims == 3 else f"k = {number}"


def _as_pictures(subject: Subject) -> str | None:
    """Return the line that makes pictures (n, H, W) of what a signal or a volume gives."""
    dims = subject.plain.operation.dims
    return {1: "part = part[:, None]", 3: "part = part[:, plane]"}.get(dims or 2)


def curve(subject: Subject, wish: CurveWish, bins: Bins) -> str:
    """Return the lines that compute an activation's curve, and count the numbers before and after it."""
    function, params = subject.function
    written = function.written(params)
    return (
        f"{inputs(subject)}\n\n{before(subject, wish.channel, 0)}\n\n"
        f"def f(x):\n    return {written.numpy}\n\n\n"
        f"def derivative(x):\n    return {written.slope}\n\n\n"
        f"after = f(before)\n{PLACES}\n"
        f"y, slope = f(x), derivative(x)\n\n{told(bins)}\n"
        "print(np.column_stack([x, y, slope]))"
    )


def before(subject: Subject, channel: int, language: int) -> str:
    """Return the lines that give the map before its activation; NumPy's are 0, PyTorch's 1."""
    shape = subject.plain.layout.output
    picked_map = f"[{channel}]" if len(shape) == 3 else f".reshape{Layout(shape).maps}[{channel}]"
    if subject.activation is None:
        return f"before = x{picked_map}"
    recipe = subject.recipe
    return lines((recipe.numpy, recipe.torch)[language], f"before = output{picked_map}")


PLACES = """\
reach = max(1, -before.min() / 8, before.max() / 8)
low, high = min(before.min(), -reach), max(before.max(), reach)
near = np.arange(-64, 65) / 8  # more points about 0, where activations bend
x = np.union1d(np.linspace(low, high, 257), near[(low < near) & (near < high)])"""


def told(bins: Bins) -> str:
    """Return the lines that count the numbers before and after."""
    return lines(
        *(
            f"counts_{name} = np.histogram({name}, {said})[0]\n"
            f'print("{name}", {name}.min(), {name}.max(), {name}.mean(), ({name} == 0).sum(), counts_{name})'
            for name, said in bins.items()
        )
    )


def side(subject: Subject, channel: int) -> str:
    """Return the lines of a function that gives one map of a call."""
    return f"{inputs(subject)}\n{computed(subject)}\nreturn output{map_of(subject, channel)}"


def counted(layout: Layout, output: str) -> str:
    """Return the lines that print an output's shape and what it costs."""
    counts = layout.counts()
    parameters, macs = counts.parameters.python, counts.macs.python
    return f'print("output", {output})\nprint("parameters", {parameters})\nprint("macs", {macs})'


def variable_of(subject: Subject, name: str) -> str:
    """Return what an output is called: the first one is ``output``."""
    return "output" if name == subject.call.operation.outputs[0].name else name


def further_of(subject: Subject, recipe: Recipe, name: str, language: int) -> str | None:
    """Return the lines for an output after the first one.

    Raises:
        ApiError: nobody has said how it is made.
    """
    if variable_of(subject, name) == "output":
        return None
    found = recipe.further.get(name)
    if found is None:
        allowed = [subject.call.operation.outputs[0].name, *recipe.further]
        raise ApiError(
            422,
            "no_code",
            Text(
                "There is no code without the engine for the output {name}; there is for {names}.",
                "输出 {name} 没有不用引擎的代码；有的是：{names}。",
            ),
            "output",
            {"name": name, "names": allowed},
        )
    return found[language]
