"""What holds for every registered operation, over drawn calls of all its parameters at once."""

from __future__ import annotations

import math
import sys
from dataclasses import replace

import numpy as np
import pytest

from engine.declaration.call import Call
from engine.declaration.operation import Operation
from engine.registry import all_operations
from tests.engine.against import check_against_oracle, check_cell, check_outputs, is_exact
from tests.engine.draws import PICTURES, WHOLE, Drawn, Taste, drawings, sized, usual_params, usual_shapes
from tests.engine.oracles import ORACLES
from tests.engine.oracles.windows import CELLS, pictures

everyone = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)


def test_every_operation_has_an_oracle():
    """To add an operation: one file in engine/operations/, and one naive oracle in oracles/."""
    assert {operation.name for operation in all_operations()} == set(ORACLES)


@everyone
def test_forward_equals_the_oracle(operation: Operation):
    for drawn in drawings(operation, 700):
        check_against_oracle(drawn)


@everyone
def test_whole_numbers_stay_whole(operation: Operation):
    for drawn in drawings(operation, 250, WHOLE, seed=1):
        check_against_oracle(drawn)


@everyone
def test_further_outputs_are_as_the_layout_and_the_oracle_say(operation: Operation):
    names = [declared.name for declared in operation.outputs]
    assert len(set(names)) == len(names)
    for drawn in drawings(operation, 80, seed=15):
        outputs, layout = drawn.call.outputs(), drawn.call.layout
        assert next(iter(outputs)) == names[0]
        assert set(outputs) <= set(names)
        shapes = {names[0]: layout.output, **layout.further}
        assert {name: array.shape for name, array in outputs.items()} == shapes
        np.testing.assert_array_equal(outputs[names[0]], drawn.call.run())
        check_outputs(drawn, outputs)


def poisoned(drawn: Drawn, rng: np.random.Generator) -> tuple[np.ndarray, list[tuple[int, ...]]]:
    """The input with up to three numbers that are not finite, and where they stand."""
    picture, places = np.array(drawn.arrays["input"]), []
    for _ in range(int(rng.integers(1, 4)) if picture.size else 0):
        places.append(tuple(int(rng.integers(size)) for size in picture.shape))
        picture[places[-1]] = (np.nan, np.inf, -np.inf)[int(rng.integers(3))]
    return picture, places


FLOATS = Taste(types=("float32", "float64"), weights=("float32", "whole"), layouts=("contiguous",))


@everyone
def test_what_is_not_finite_passes_as_numpys_rules_say_and_does_not_leak(operation: Operation):
    rng = np.random.default_rng(3)
    taste = FLOATS if operation.name in CELLS else replace(FLOATS, batches=((),), single=True)
    for drawn in drawings(operation, 250, taste, seed=13):
        picture, places = poisoned(drawn, rng)
        call = drawn.bound(input=picture)
        output = call.run()
        if operation.name in CELLS:
            check_cells_of_what_is_not_finite(drawn, picture, output)
        else:
            assert output.shape == call.layout.output
            check_that_nothing_leaks(drawn, output, places, rng)


def check_cells_of_what_is_not_finite(drawn: Drawn, picture: np.ndarray, output: np.ndarray) -> None:
    axes = drawn.operation.dims or 0
    each = [output] if picture.ndim == axes + 1 else list(output)
    inputs = {**drawn.arrays, "input": picture}
    for one, maps in zip(pictures(inputs, axes), each, strict=True):
        grid = CELLS[drawn.operation.name](one, drawn.params)
        for value, cell in zip(maps.ravel().tolist(), grid.cells, strict=True):
            if math.isfinite(cell.value):
                check_cell(value, cell, output, whole=False)
            else:
                assert value == cell.value or (math.isnan(value) and math.isnan(cell.value))


def check_that_nothing_leaks(
    drawn: Drawn, output: np.ndarray, places: list[tuple[int, ...]], rng: np.random.Generator
) -> None:
    """Assert that a cell whose trace does not read what is not finite is as it would be without."""
    clean = drawn.call.run()
    for _ in range(4 if output.size else 0):
        at = tuple(int(rng.integers(size)) for size in output.shape)
        trace = drawn.call.trace(at)
        of = ["input"] * len(trace.sources) if trace.of is None else trace.of
        read = {tuple(s) for s, name in zip(trace.sources.tolist(), of, strict=True) if name == "input"}
        if read.isdisjoint(places) and all(step.operand is None for step in trace.steps):
            np.testing.assert_allclose(output[at], clean[at], rtol=1e-5, atol=1e-5)


def calls(action) -> int:
    """How many Python calls an action takes."""
    action()
    seen = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal seen
        seen += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(None)
    return seen


def calls_of(call: Call) -> tuple[int, int]:
    """How many Python calls it takes to run all outputs, and to go back."""
    gradient = np.ones(call.layout.output, np.float32)
    return calls(call.outputs), calls(lambda: call.backward(gradient))


@everyone
def test_as_many_calls_for_a_large_picture_as_for_a_small_one(operation: Operation):
    """No Python loop over pixels, channels or pictures, forward or back; only over parts of many cells."""
    tried = 0
    for small in usual_shapes(operation, 20):
        larger = [
            (*small[:axis], size * (20 if axis > 1 else 6), *small[axis + 1 :])
            for axis, size in enumerate(small)
        ]
        # Not every axis may grow under the same parameters, so each has parameters of its own.
        for large in larger:
            params = usual_params(operation, small, large)
            if params is None:
                continue
            tried += 1
            one, other = (calls_of(sized(operation, shape, params)) for shape in (small, large))
            parts = 12 + sized(operation, large, params).layout.bytes // 2**14
            assert other[0] <= one[0] + parts, f"forward: {small} {large} {params}"
            # There are two ways back: by the input and by the weights.
            assert other[1] <= one[1] + 2 * parts, f"backward: {small} {large} {params}"
    assert tried >= 1


@everyone
def test_type_of_the_output(operation: Operation):
    """float64 in, float64 out; float16 and float32 in, float32 out; whole numbers in either."""
    for drawn in drawings(operation, 150, Taste(weights=("float32",)), seed=2):
        given, output = drawn.arrays["input"].dtype, drawn.call.run().dtype
        single = all(
            array.dtype in (np.float16, np.float32)
            for name, array in drawn.arrays.items()
            if name != "input" and array.dtype.kind == "f"
        )
        if given.kind == "f" and (given == np.float64 or single):
            assert output == (np.float64 if given == np.float64 else np.float32)
        else:
            assert output in (np.float32, np.float64)


@everyone
def test_inputs_are_left_as_they_are(operation: Operation):
    for drawn in drawings(operation, 100, seed=3):
        frozen = {name: np.array(array) for name, array in drawn.arrays.items()}
        for array in frozen.values():
            array.setflags(write=False)
        expected = drawn.call.run()
        output = drawn.bound(**frozen).run()
        np.testing.assert_array_equal(output, expected)
        copies = {name: array.copy() for name, array in frozen.items()}
        again = drawn.bound(**copies).run()
        again[...] = 7
        for name, array in copies.items():
            np.testing.assert_array_equal(array, frozen[name], f"the output shares memory with {name}")


@everyone
def test_other_byte_orders_give_the_same(operation: Operation):
    for drawn in drawings(operation, 60, PICTURES, seed=4):
        foreign = {name: array.astype(array.dtype.newbyteorder(">")) for name, array in drawn.arrays.items()}
        expected, output = drawn.call.run(), drawn.bound(**foreign).run()
        # Numbers laid out otherwise may be added in another order.
        room = 0 if is_exact(drawn, output) else 1e-5 if output.dtype == np.float32 else 1e-13
        np.testing.assert_allclose(output, expected, rtol=0, atol=room * np.abs(expected).max(initial=0))
        assert output.dtype == expected.dtype


def stacked(drawn: Drawn, pictures: list[np.ndarray]) -> dict[str, np.ndarray]:
    """The inputs with a batch in place of the picture; what is as large as the picture goes with it."""
    picture = drawn.arrays["input"]
    kinds = {declared.name: declared.kind for declared in drawn.operation.inputs}
    along = [
        name
        for name, array in drawn.arrays.items()
        if name != "input" and kinds[name] in ("maps", "places") and array.ndim == picture.ndim
    ]
    return {"input": np.stack(pictures)} | {
        name: np.stack([drawn.arrays[name]] * len(pictures)) for name in along
    }


@everyone
def test_a_batch_equals_its_pictures(operation: Operation):
    for drawn in drawings(operation, 100, WHOLE, seed=5):
        if drawn.call.layout.spatial is None:
            continue
        picture = drawn.arrays["input"]
        several = stacked(drawn, [picture, picture[:, ::-1], picture[..., ::-1]])
        together = drawn.bound(**several)
        assert together.layout.output == (3, *drawn.call.layout.output)
        assert together.layout.batched
        # The largest number of a batch may ask for float64 on account of one picture alone.
        for number, output in enumerate(together.run()):
            expected = drawn.bound(input=several["input"][number]).run()
            np.testing.assert_allclose(output, expected, rtol=1e-6, atol=1e-6 * np.abs(expected).max())
        nobody = drawn.bound(**{name: array[:0] for name, array in several.items()})
        assert nobody.run().shape == (0, *drawn.call.layout.output)
        back = nobody.backward(np.zeros(nobody.layout.output))
        assert back["input"].shape == (0, *picture.shape)
