"""What each view of a network shows, in every language."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.server.code.answers import PICTURE, answered, numbers
from tests.server.code.running import HAS_CURL, LANGUAGES, assert_same, curled, ran
from tests.server.networks import deep, small

LAYERS = [
    *((small.NAME, layer) for layer in small.LAYERS),
    *((deep.NAME, layer) for layer in ("stem", "stem/norm", "stem/relu6", "deep", "mix/norm", "add", "mean")),
]


@pytest.mark.parametrize(("name", "layer"), LAYERS)
def test_activations_and_traces_of_every_layer(trained, name, layer):
    call = PICTURE | {"layer": layer}
    whole = np.array(answered(trained, "activations", name, call)["values"])
    scripts = trained.scripts("activations", {"network": name, **call})
    cell = [size // 2 for size in whole.shape]
    traced = trained.scripts("network_trace", {"network": name, **call, "cell": cell})
    told = answered(trained, "network_trace", name, call | {"cell": cell})
    for language in LANGUAGES:
        names, printed = ran(scripts[language])
        assert_same(names["maps"], whole, scripts[language])
        assert printed.startswith(str(whole.shape))
        _, printed = ran(traced[language])
        for step in told["steps"]:
            assert numbers(printed, step["layer"])[0] == pytest.approx(
                step["trace"]["value"], rel=1e-4, abs=1e-4
            )
        if language == "numpy":
            trace = told["steps"][0]["trace"]
            assert numbers(printed, "terms") == [len(trace["terms"])]
            assert numbers(printed, "sum")[0] == pytest.approx(trace["sum"], rel=1e-3, abs=1e-3)


def test_a_part_of_an_activation(trained):
    call = PICTURE | {"layer": "conv/relu", "channels": [4, 1], "region": [3, 2, 5, 4]}
    scripts = trained.scripts("activations", {"network": small.NAME, **call})
    part = answered(trained, "activations", small.NAME, call)["values"]
    for language in LANGUAGES:
        names, _ = ran(scripts[language])
        assert_same(names["maps"], part, scripts[language])
    if HAS_CURL:
        assert json.loads(curled(scripts["curl"]))["values"] == part


@pytest.mark.parametrize(
    ("name", "layer", "cell"),
    [
        (small.NAME, "conv/relu", [4, 5, 6]),
        (small.NAME, "dense", [2]),
        (small.NAME, "share", [1]),
        (deep.NAME, "add", [1, 6, 7]),
    ],
)
def test_explain(trained, name, layer, cell):
    call = PICTURE | {"layer": layer, "cell": cell}
    scripts = trained.scripts("explain", {"network": name, **call})
    told = answered(trained, "explain", name, call)
    contributions = np.array(told["contributions"])
    for language in [each for each in LANGUAGES if each != "numpy"]:
        _, printed = ran(scripts[language])
        for word in ("value", "total", "rest"):
            assert numbers(printed, word)[0] == pytest.approx(told[word], rel=1e-3, abs=1e-3)
        assert_same(np.load("contributions.npy"), contributions, scripts[language])
    _, printed = ran(scripts["numpy"])
    assert numbers(printed, "value")[0] == pytest.approx(told["value"], rel=1e-4)
    y, x = told["top"][0]["cell"]
    for channel in range(len(contributions)):
        found = numbers(printed, f"pixel {channel} {y} {x}")[0]
        assert found == pytest.approx(contributions[channel, y, x], rel=1e-3, abs=1e-5)
    if HAS_CURL:
        curled(scripts["curl"])
        assert_same(np.load("contributions.npy"), contributions, scripts["curl"])
