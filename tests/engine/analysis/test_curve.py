"""Curves of activations, and the numbers before and after them."""

from __future__ import annotations

import json

import numpy as np
import pytest

import engine
from engine.analysis.activated import activated, activations
from engine.analysis.curve import curve
from engine.analysis.histogram import histogram
from engine.errors import ParameterError, ShapeError

everyone = pytest.mark.parametrize("name", list(activations()))
RNG = np.random.default_rng(1)
MAPS = {
    "levels": RNG.integers(0, 256, (2, 9, 9)).astype(np.uint8),
    "reals": RNG.normal(size=(2, 9, 9)).astype(np.float32),
    "far": RNG.normal(1e6, 1, (2, 4, 4)),
    "huge": RNG.normal(size=(2, 3, 3)) * 1e308,
    "tiny": RNG.normal(size=(2, 3, 3)) * 1e-308,
    "one": np.full((2, 3, 3), 0.1),
    "holed": np.array([[[1.0, np.nan, np.inf, -np.inf]]]),
    "nothing": np.full((1, 1, 2), np.nan),
}


@everyone
@pytest.mark.parametrize("maps", MAPS.values(), ids=MAPS)
def test_the_curve_spans_the_numbers_and_both_sides_of_0(name: str, maps: np.ndarray):
    found = curve(engine.operation(name).call(maps), 0)
    assert (np.diff(found.x) > 0).all()
    assert found.x[0] < 0 < found.x[-1]
    assert 0 in found.x
    held = maps[0][np.isfinite(maps[0])]
    assert held.size == 0 or (found.x[0] <= held.min() and held.max() <= found.x[-1])
    assert np.array_equal(found.y, engine.operation(name)(found.x), equal_nan=True)
    assert found.x.shape == found.y.shape == found.slope.shape
    json.dumps(found.data(), allow_nan=False)


@everyone
def test_the_slope_is_that_of_the_curve(name: str):
    found = curve(engine.operation(name).call(np.linspace(-9, 9, 50).reshape(1, 5, 10)), 0)
    function, step = engine.operation(name), 1e-6
    measured = (function(found.x + step) - function(found.x - step)) / (2 * step)
    smooth = np.abs((found.x + 20) % 1) > 1e-3  # kinks are at whole numbers
    assert np.allclose(found.slope[smooth], measured[smooth], atol=1e-6)


def test_before_and_after_are_one_map_of_a_call():
    picture = RNG.integers(0, 256, (3, 8, 8))
    plain = engine.conv2d.call(picture, RNG.integers(-3, 4, (2, 3, 3, 3)))
    found = curve(activated(plain, "relu"), 1)
    maps = plain.run()
    for each, expected in ((found.before, maps[1]), (found.after, np.maximum(maps[1], 0))):
        assert (each.least, each.greatest) == (expected.min(), expected.max())
        assert each.counts.sum() == expected.size
        assert each.zeros == (expected == 0).sum()
        assert each.mean == pytest.approx(expected.mean())
    assert (found.name, found.formula) == ("relu", "max(0, x)")


def test_the_activation_after_an_activation_is_meant():
    found = curve(activated(engine.relu.call([[[-2.0, 4.0]]]), "tanh"), 0)
    assert (found.name, found.before.least, found.after.greatest) == ("tanh", 0, np.tanh(4))


def test_it_computes_nothing_that_is_at_hand(monkeypatch):
    plain = engine.conv2d.call(np.ones((1, 5, 5)), np.ones((3, 3)))
    kept: dict[int, np.ndarray] = {}
    parts: dict[int, np.ndarray] = {}
    call = activated(plain, "gelu", kept)
    list(call.maps(None, parts))
    monkeypatch.setattr(type(engine.conv2d), "forward_maps", None)
    assert curve(call, 0, parts).before.greatest == 9


@pytest.mark.parametrize("maps", MAPS.values(), ids=MAPS)
def test_every_finite_number_is_counted_where_it_is(maps: np.ndarray):
    found = histogram(maps)
    held = maps[np.isfinite(maps)].astype(np.float64)
    assert found.counts.sum() == held.size
    assert found.not_finite == maps.size - held.size
    if held.size:
        assert len(found.counts) <= 64
        assert found.edges[0] <= held.min() <= held.max() <= found.edges[-1]
        expected = np.histogram(held, found.edges)[0]
        assert np.abs(np.cumsum(found.counts) - np.cumsum(expected)).max() <= 1  # a number on an edge


def test_whole_numbers_show_no_comb():
    found = histogram(np.arange(0, 100))
    assert set(np.diff(found.edges)) == {2.0}
    assert set(found.counts) == {2}
    assert histogram(np.array([5])).edges.tolist() == [4.5, 5.5]


def test_without_numbers_there_are_no_edges():
    data = histogram(np.array([np.nan])).data()
    assert data == {
        "min": None, "max": None, "mean": None, "zeros": 0, "not_finite": 1, "edges": [], "counts": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    "call",
    [
        engine.conv2d.call([[[1]]], [[1]]),
        engine.softmax.call([1.0], 0),
        engine.rrelu.call([[[1.0]]], training=True),
    ],
    ids=lambda call: call.operation.name,
)
def test_what_is_no_function_of_each_cell_has_no_curve(call):
    with pytest.raises(ParameterError) as refused:
        curve(call, 0)
    assert (refused.value.code, refused.value.field) == ("no_curve", "activation")
    assert refused.value.values["names"] == list(activations())


def test_a_map_that_is_not_there_and_a_batch_are_refused():
    for array, code in ((np.ones((1, 2, 2)), "channels"), (np.ones((2, 1, 2, 2)), "batch")):
        plain = engine.conv2d.call(array, [[1]])
        with pytest.raises(ShapeError) as refused:
            curve(activated(plain, "relu"), 1)
        assert refused.value.code == code
