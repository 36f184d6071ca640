"""What is known before there is a number: sizes alone give the layout that the arrays give."""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from engine.analysis.report import shape_report
from engine.declaration.operation import Operation
from engine.errors import ConvscopeError
from engine.limits import Limits
from engine.registry import all_operations
from tests.engine.draws import ANY, PICTURES, Drawn, drawings, sample

everyone = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)


@everyone
def test_sizes_alone_give_the_same_layout(operation: Operation):
    """What /api/shape says, from shapes and parameters alone, is what a run gives."""
    for drawn in drawings(operation, 60, ANY, seed=11):
        shapes = {name: array.shape for name, array in drawn.arrays.items()}
        asked, settled, layout = operation.plan(shapes, drawn.params)
        # Sizes follow from shapes; where costs follow from values too, these are all that is compared.
        whole = type(operation).bound is Operation.bound
        for part in ("output", "axes", "spatial", "parameters", "macs", "bytes", "further")[
            : 7 if whole else 3
        ]:
            assert getattr(layout, part) == getattr(drawn.call.layout, part), part
        if type(operation).bound is Operation.bound:
            assert dict(settled) == dict(drawn.call.params)
        report = json.loads(json.dumps(shape_report(operation, shapes, asked, Limits()), allow_nan=False))
        assert report["output_shape"] == list(drawn.call.run().shape)
        # Parameters are accepted as they are reported, and mean the same.
        again = operation.plan(shapes, report["params"])[2]
        assert (again, again.counts()) == (layout, layout.counts())


def enlarged(drawn: Drawn, scale: int) -> Drawn | None:
    """The same call on a larger picture; inputs that do not fit it are drawn anew."""
    picture = drawn.arrays["input"]
    axes = drawn.operation.dims or min(picture.ndim - 1, 2)
    if axes == 0 or picture.size == 0:
        return None
    large = np.tile(picture, (1,) * (picture.ndim - axes) + (scale,) * axes)
    inputs: dict[str, object] = {"input": large}
    rng = np.random.default_rng(0)
    try:
        return replace(drawn, call=drawn.bound(input=large))
    except ConvscopeError:
        pass
    try:
        for name in list(drawn.inputs)[1:]:
            inputs[name] = sample(drawn.operation, name, {**drawn.arrays, "input": large}, drawn.params, rng)
        return replace(drawn, inputs=inputs, call=drawn.operation.bind(inputs, drawn.params))
    except ConvscopeError:
        return None


@everyone
def test_memory_stays_below_what_was_announced(operation: Operation):
    scales = {3: (4, 10), 1: (100, 3000)}.get(operation.dims or 2, (20, 60))
    for number, drawn in enumerate(drawings(operation, 40, PICTURES, seed=12)):
        large = enlarged(drawn, scales[number % 2])
        if large is None:
            continue
        call = large.call
        call.run()
        tracemalloc.start()
        output = call.run()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert output.shape == call.layout.output
        assert peak <= call.layout.bytes + 50_000, large
