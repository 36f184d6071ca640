"""What holds for every registered operation, over drawn calls of all its parameters at once."""

from __future__ import annotations

import json
import math
import sys
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from engine.errors import ParameterError, ShapeError
from engine.limits import Limits
from engine.operation import Operation
from engine.registry import all_operations
from engine.report import shape_report
from tests.engine.against import check_against_oracle, check_cell, is_exact, pictures
from tests.engine.draws import ANY, PICTURES, WHOLE, Taste, drawings
from tests.engine.oracles import ORACLES

everyone = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)


def test_every_operation_has_an_oracle():
    """To add an operation: one file in engine/operations/, and one naive oracle in oracles.py."""
    assert {operation.name for operation in all_operations()} == set(ORACLES)


@everyone
def test_forward_equals_the_oracle(operation: Operation):
    for drawn in drawings(operation, 1200):
        check_against_oracle(drawn)


@everyone
def test_whole_numbers_stay_whole(operation: Operation):
    for drawn in drawings(operation, 500, WHOLE, seed=1):
        check_against_oracle(drawn)


@everyone
def test_what_is_not_finite_passes_as_numpys_rules_say_and_does_not_leak(operation: Operation):
    rng = np.random.default_rng(3)
    floats = Taste(types=("float32", "float64"), weights=("float32", "whole"), layouts=("contiguous",))
    for drawn in drawings(operation, 400, floats, seed=13):
        picture = np.array(drawn.arrays["input"])
        for _ in range(int(rng.integers(1, 4)) if picture.size else 0):
            place = tuple(int(rng.integers(size)) for size in picture.shape)
            picture[place] = (np.nan, np.inf, -np.inf)[int(rng.integers(3))]
        output = drawn.bound(input=picture).run()
        for inputs, maps in pictures(replace(drawn, inputs={**drawn.inputs, "input": picture}), output):
            cells = ORACLES[operation.name](inputs, drawn.params)
            flat = (cell for rows in cells for row in rows for cell in row)
            for value, cell in zip(maps.ravel().tolist(), flat, strict=True):
                if math.isfinite(cell.value):
                    check_cell(value, cell, output, whole=False)
                else:
                    assert value == cell.value or (math.isnan(value) and math.isnan(cell.value))


@everyone
def test_as_many_calls_for_a_large_picture_as_for_a_small_one(operation: Operation):
    """No Python loop over pixels, channels or pictures, in a whole run."""

    def calls(shape: tuple[int, ...]) -> int:
        inputs: dict[str, object] = {"input": np.ones(shape, np.float32)}
        for declared in operation.inputs:
            if declared.kind == "kernel":
                inputs[declared.name] = np.ones((shape[-3], shape[-3], 3, 3), np.float32)
        params = {p.name: 3 for p in operation.parameters if p.required}
        call = operation.bind(inputs, params)
        call.run()
        seen = 0

        def count(frame: object, event: str, argument: object) -> None:
            nonlocal seen
            seen += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            call.run()
        finally:
            sys.setprofile(None)
        return seen

    small = calls((1, 1, 20, 20))
    assert small > 10
    for large in ((1, 1, 20, 400), (1, 1, 400, 20), (1, 12, 20, 20), (12, 1, 20, 20)):
        assert calls(large) <= small + 12, large


@everyone
def test_type_of_the_output(operation: Operation):
    """float64 in, float64 out; float16 and float32 in, float32 out; whole numbers in either."""
    for drawn in drawings(operation, 300, Taste(weights=("float32",)), seed=2):
        given, output = drawn.arrays["input"].dtype, drawn.call.run().dtype
        if given.kind == "f":
            assert output == (np.float64 if given == np.float64 else np.float32)
        else:
            assert output in (np.float32, np.float64)


@everyone
def test_inputs_are_left_as_they_are(operation: Operation):
    for drawn in drawings(operation, 200, seed=3):
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
        np.testing.assert_array_equal(output, expected)
        assert output.dtype == expected.dtype


@everyone
def test_a_batch_equals_its_pictures(operation: Operation):
    for drawn in drawings(operation, 200, WHOLE, seed=5):
        picture = drawn.arrays["input"]
        batch = np.stack([picture, picture[:, ::-1], picture[:, :, ::-1]])
        together = drawn.bound(input=batch)
        assert together.layout.output == (3, *drawn.call.layout.output)
        # The largest number of a batch may ask for float64 on account of one picture alone.
        for number, output in enumerate(together.run()):
            expected = drawn.bound(input=batch[number]).run()
            np.testing.assert_allclose(output, expected, rtol=1e-6, atol=0)
        assert drawn.bound(input=batch[:0]).run().shape == (0, *drawn.call.layout.output)


@everyone
def test_a_batch_has_no_single_cell(operation: Operation):
    """Maps and traces are of one picture; a batch is refused, not read along the wrong axis."""
    for drawn in drawings(operation, 20, Taste(batches=((1,), (2,))), seed=6):
        for ask in (lambda call=drawn.call: call.trace((0, 0, 0)), lambda call=drawn.call: list(call.maps())):
            with pytest.raises(ShapeError) as caught:
                ask()
            assert caught.value.field == "input"


@everyone
@pytest.mark.parametrize("at_once", [1, 40, 2**18])
def test_maps_in_runs_equal_the_whole(operation: Operation, at_once: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys.modules[Operation.__module__], "_CELLS_AT_ONCE", at_once)
    rng = np.random.default_rng(0)
    for drawn in drawings(operation, 200, PICTURES, seed=7):
        output = drawn.call.run()
        runs = list(drawn.call.maps())
        assert [number for run, _ in runs for number in run] == list(range(len(output)))
        alone = np.concatenate([maps for _, maps in runs])
        assert alone.dtype == output.dtype
        assert alone.shape == output.shape
        if is_exact(drawn, output):
            np.testing.assert_array_equal(alone, output)
        else:
            close = 1e-4 if output.dtype == np.float32 else 1e-11
            np.testing.assert_allclose(alone, output, rtol=close, atol=close * float(np.abs(output).max()))
        wanted = rng.integers(0, len(output), 3).tolist()
        for number, (run, maps) in zip(wanted, drawn.call.maps(wanted), strict=True):
            assert run == range(number, number + 1)
            assert maps.tobytes() == alone[run.start : run.stop].tobytes(), "not the bits others get"


@everyone
def test_sizes_alone_give_the_same_layout(operation: Operation):
    """What /api/shape says, from shapes and parameters alone, is what a run gives."""
    for drawn in drawings(operation, 60, ANY, seed=11):
        shapes = {name: array.shape for name, array in drawn.arrays.items()}
        asked, settled, layout = operation.plan(shapes, drawn.params)
        assert layout == drawn.call.layout
        assert dict(settled) == dict(drawn.call.params)
        report = json.loads(json.dumps(shape_report(operation, shapes, asked, Limits()), allow_nan=False))
        assert report["output_shape"] == list(drawn.call.run().shape)
        # Parameters are accepted as they are reported, and mean the same.
        assert operation.plan(shapes, report["params"])[2] == layout


@everyone
def test_what_is_missing_or_unknown_is_named(operation: Operation):
    drawn = next(drawings(operation, 1, PICTURES))
    for declared in operation.inputs:
        without = {name: value for name, value in drawn.inputs.items() if name != declared.name}
        if declared.required:
            with pytest.raises(ParameterError) as caught:
                operation.bind(without, drawn.params)
            assert (caught.value.code, caught.value.field) == ("missing_input", declared.name)
    with pytest.raises(ParameterError, match="nothing else") as caught:
        operation.bind({**drawn.inputs, "colour": 1}, drawn.params)
    assert caught.value.code == "unknown_input"
    for parameter in operation.parameters:
        if parameter.required:
            for params in ({}, {parameter.name: None}):
                with pytest.raises(ParameterError) as caught:
                    operation.bind(drawn.inputs, params)
                assert caught.value.field == parameter.name
    with pytest.raises(ParameterError, match="colour") as caught:
        operation.bind(drawn.inputs, {**drawn.params, "colour": 1})
    assert (caught.value.code, caught.value.field) == ("unknown_parameter", "colour")


@everyone
def test_the_description_is_json_in_two_languages(operation: Operation):
    described = json.loads(json.dumps(operation.describe(Limits()), allow_nan=False))
    texts = list(_texts(described))
    assert len(texts) >= 2 + len(operation.inputs) + 2 * len(operation.parameters)
    for text in texts:
        assert set(text) == {"en", "zh"}
        assert all(words.strip() == words != "" for words in text.values())
        assert not text["zh"].isascii(), "Chinese without a Chinese character"
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in text["en"]), "Chinese in the English"
    assert described["name"] == operation.name
    keys = {"name", "kind", "axes", "default", "min", "max", "step", "choices"} | {
        "unit",
        "label",
        "help",
        "follows",
    }
    for parameter in described["params"]:
        assert keys <= set(parameter)
        assert parameter["kind"] in ("integer", "padding", "choice", "flag", "number")


def _texts(part: object) -> Iterator[dict[str, str]]:
    if isinstance(part, dict):
        if {"en", "zh"} & set(part):
            yield part
        for inner in part.values():
            yield from _texts(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _texts(inner)


@everyone
def test_memory_stays_below_what_was_announced(operation: Operation):
    for number, drawn in enumerate(drawings(operation, 40, PICTURES, seed=12)):
        scale = (20, 60)[number % 2]
        call = drawn.bound(input=np.tile(drawn.arrays["input"], (1, scale, scale)))
        call.run()
        tracemalloc.start()
        output = call.run()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert output.shape == call.layout.output
        assert peak <= call.layout.bytes + 50_000
