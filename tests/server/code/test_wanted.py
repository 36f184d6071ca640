"""Which part of an output a view shows: the lines, run, leave what a run of the same wish gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.declaration.layout import Layout
from engine.registry import operation as by_name
from server.calls.outputs import places
from server.code.subject import Subject
from server.code.wanted import cells, map_of, output_of, picked, shown
from server.wire.wishes import MapsWish, RunWish, read

SHAPES = [(3, 4, 5), (4, 5), (5,), (2, 3, 4, 5)]


def subject_of(shape: tuple[int, ...], name: str = "relu", **params: object) -> Subject:
    array = np.arange(np.prod(shape)).reshape(shape)
    return Subject(by_name(name).bind({"input": array}, params), params)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "more",
    [{"channels": [0]}, {"region": [0, 1, 1, 2]}, {"channels": [0, 0], "region": [0, 0, 1, 1]}],
    ids=["maps", "region", "both"],
)
def test_maps_and_regions_are_cut_from_the_output(shape: tuple[int, ...], more: dict[str, Any]):
    subject, wish = subject_of(shape), read(MapsWish, {"operation": "relu"} | more)
    output = subject.call.run()
    line = picked(subject, wish)
    assert line is not None
    names: dict[str, np.ndarray] = {"output": output}
    exec(line, names)
    maps = output.reshape(Layout(shape).maps)
    rows, columns = places(wish, maps.shape)
    expected = maps[more.get("channels", slice(None))][:, rows, columns]
    np.testing.assert_array_equal(names["output"], expected)
    assert cells(subject, wish) == expected.size


@pytest.mark.parametrize("shape", SHAPES)
def test_one_map_by_its_number(shape: tuple[int, ...]):
    subject = subject_of(shape)
    output = subject.call.run()
    maps = output.reshape(Layout(shape).maps)
    for number in range(len(maps)):
        found = eval(f"output{map_of(subject, number)}", {"output": output})
        np.testing.assert_array_equal(found, maps[number])


def test_all_of_an_output_needs_no_line_and_much_of_it_a_file():
    wish = read(MapsWish, {"operation": "relu"})
    assert picked(subject_of((3, 4, 5)), wish) is None
    assert shown(subject_of((1, 10, 10)), wish).endswith("print(output)")
    assert 'np.save("relu.npy", output)' in shown(subject_of((1, 10, 11)), wish)


def test_the_output_that_is_named_or_the_first():
    subject = subject_of((1, 4, 4), "max_pool2d", kernel_size=2)
    assert output_of(subject, read(MapsWish, {"operation": "max_pool2d"})) == "output"
    assert output_of(subject, read(RunWish, {"operation": "max_pool2d", "output": "indices"})) == "indices"
