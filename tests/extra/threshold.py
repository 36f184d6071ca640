"""An operation the project does not have: one file, to prove that one file is enough."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np

from engine.arrays import Array, Float, Number, Shape
from engine.declaration.call import Call
from engine.declaration.counts import Counts, product
from engine.declaration.families import ACTIVATION
from engine.declaration.kinds import Choice, Integers, Real
from engine.declaration.layout import Layout
from engine.declaration.operation import Operation
from engine.declaration.parameters import Params
from engine.errors import ParameterError
from engine.families.windowed import INPUT, read_cells, signal_shape, window_sources
from engine.functions.function import X, choice, word
from engine.texts import Text
from engine.trace.trace import Cell, Step, Trace
from engine.windows.window import WindowAxis

LEVEL = Real(
    "level", 128, Text("Level", "阈值"), Text("Below it 0.", "低于它为 0。"), least=0, most=255, step=1
)
STEP = Integers(
    "step", 1, Text("Step", "步长"), Text("Keep every n-th cell.", "每 n 格取一格。"), limit="stride"
)
ABOVE = Choice(
    "above",
    "white",
    Text("Above", "高于"),
    Text("What is kept.", "保留什么。"),
    choices=(("white", Text("white", "白")), ("same", Text("as it is", "原值"))),
)


class Threshold(Operation):
    """Zero below a level, white (or unchanged) from it on."""

    name = "threshold"
    title = Text("Threshold", "阈值化")
    summary = Text("Cells below the level become 0.", "低于阈值的格变为 0。")
    family = ACTIVATION
    dims = 2
    inputs = (INPUT,)
    parameters = (LEVEL, STEP, ABOVE)

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        shape, level = signal_shape(shapes, 2), params.get_of(LEVEL)
        if level == 0 and params.get_of(ABOVE) == "same":
            raise ParameterError(
                "changes_nothing",
                Text("{name} {asked} leaves every cell as it is.", "{name}为 {asked} 时所有格都不变。"),
                field=LEVEL.name,
                values={"name": LEVEL.name, "asked": level},
                advice=Text("Take a higher level, or white above it.", "请提高阈值，或让高于它的变白。"),
            )
        axes = tuple(
            WindowAxis(name, size, stride=step)
            for name, size, step in zip(("height", "width"), shape[-2:], params.get_of(STEP), strict=True)
        )
        output = (*shape[:-2], axes[0].output, axes[1].output)
        return Layout(
            output, axes, 2, counts=lambda: Counts(additions=product(cells=output)), bytes=8 * prod(output)
        )

    def forward(self, call: Call) -> Array:
        kept = self._kept(call).astype(np.float32)
        above = np.float32(255) if call.params.get_of(ABOVE) == "white" else kept
        return np.where(kept >= call.params.get_of(LEVEL), above, np.float32(0))

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        passed = np.zeros(call.inputs["input"].shape, gradient.dtype)
        if call.params.get_of(ABOVE) == "same":
            rows, columns = call.params.get_of(STEP)
            above = self._kept(call) >= call.params.get_of(LEVEL)
            passed[..., ::rows, ::columns] = gradient * above
        return {"input": passed}

    def _kept(self, call: Call) -> Array:
        rows, columns = call.params.get_of(STEP)
        return call.inputs["input"][..., ::rows, ::columns]

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        sources, positions = window_sources(call.layout.axes, cell, range(cell[0], cell[0] + 1))
        values = read_cells(call.inputs["input"], sources, 0)
        above = 255 if call.params.get_of(ABOVE) == "white" else X
        step = Step("apply", choice(word("level", "阈值") > X, 0, above), value)
        return Trace(self.name, cell, sources, positions, values, value, steps=(step,))


threshold = Threshold()
