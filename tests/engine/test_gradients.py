"""The way back of every registered operation: differences, adjoints, shapes and types."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.declaration.operation import Operation
from engine.errors import ShapeError
from engine.registry import all_operations
from tests.engine.draws import ANY, REAL, drawings
from tests.engine.gradients import in_doubles, linear_part, slope

everyone = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)
SOME = replace(REAL, batches=((), (), (2,)))


@everyone
def test_gradients_are_the_slopes(operation: Operation):
    """In random directions, for every input that can move; draws at a kink are set aside."""
    rng = np.random.default_rng(30)
    checked = {declared.name: 0 for declared in operation.inputs if declared.differentiable}
    kinks = 0
    for drawn in drawings(operation, 200, SOME, seed=30):
        for name in checked:
            if name not in drawn.inputs or drawn.arrays[name].size == 0:
                continue
            found = slope(drawn, name, rng)
            if found.smooth:
                found.check()
                checked[name] += 1
            else:
                kinks += 1
    assert all(checked.values()), f"never checked: {checked}"
    assert kinks <= sum(checked.values()), "most draws have a kink"


@everyone
def test_gradients_have_the_shapes_and_types_of_what_they_belong_to(operation: Operation):
    rng = np.random.default_rng(31)
    moving = {declared.name for declared in operation.inputs if declared.differentiable}
    for drawn in drawings(operation, 200, ANY, seed=31):
        for kind in (np.float32, np.float64):
            gradient = rng.standard_normal(drawn.call.layout.output).astype(kind)
            kept = gradient.copy()
            found = drawn.call.backward(gradient)
            np.testing.assert_array_equal(gradient, kept, "the gradient given was changed")
            assert set(found) == moving & set(drawn.inputs)
            for name, array in found.items():
                assert array.shape == drawn.arrays[name].shape, name
                assert array.dtype in (np.float32, np.float64)
                if np.float64 in (kind, drawn.arrays[name].dtype):
                    assert array.dtype == np.float64, name
                assert array.flags.writeable, name


@pytest.mark.parametrize(
    "operation", [one for one in all_operations() if one.linear], ids=lambda operation: operation.name
)
def test_the_way_back_is_the_adjoint(operation: Operation):
    """<A x, y> = <x, A' y>, where the operation says that it is linear."""
    rng = np.random.default_rng(32)
    for drawn in drawings(operation, 300, SOME, seed=32):
        call = in_doubles(drawn)
        forward = linear_part(call)
        x, y = rng.standard_normal(call.inputs["input"].shape), rng.standard_normal(call.layout.output)
        there, back = forward(x), call.backward(y)["input"]
        size = float((np.abs(there) * np.abs(y)).sum() + (np.abs(x) * np.abs(back)).sum()) + 1e-30
        rest = float(np.abs(call.run()).sum())
        assert abs(float((there * y).sum() - (x * back).sum())) <= 1e-12 * (size + rest)
        z = rng.standard_normal(x.shape)
        np.testing.assert_allclose(
            forward(2 * x - 3 * z), 2 * forward(x) - 3 * forward(z), rtol=0, atol=1e-11 * (size + rest)
        )


@everyone
def test_a_gradient_of_another_shape_is_refused(operation: Operation):
    drawn = next(drawings(operation, 1, REAL))
    output = drawn.call.layout.output
    for shape in ((*output, 1), (3, *output), (1, 2, 3, 4, 5, 6, 7)):
        with pytest.raises(ShapeError) as caught:
            drawn.call.backward(np.zeros(shape))
        assert (caught.value.code, caught.value.field) == ("gradient_shape", "gradient")


@everyone
def test_whole_gradients_and_lists_do_as_well(operation: Operation):
    for drawn in drawings(operation, 20, REAL, seed=33):
        if drawn.arrays["input"].size == 0:
            continue
        gradient = np.random.default_rng(33).integers(-5, 6, drawn.call.layout.output)
        expected = drawn.call.backward(gradient.astype(np.float64))
        for name, array in drawn.call.backward(gradient.tolist()).items():
            np.testing.assert_allclose(array, expected[name], rtol=1e-4, atol=1e-4)
