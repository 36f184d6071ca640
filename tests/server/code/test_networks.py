"""The same in code, of networks: every script is run, and gives the numbers of the view it stands for.

On the network that ships once, from the picture to the classes; on small ones every view of every kind
of layer. PyTorch's scripts are compiled, and run where it is installed.
"""

from __future__ import annotations

import json
import urllib.error

import pytest

from tests.server.code.answers import PICTURE, answered
from tests.server.code.running import HAS_CURL, LANGUAGES, assert_same, curled, ran
from tests.server.networks import deep, small


@pytest.mark.parametrize("name", [small.NAME, deep.NAME])
@pytest.mark.parametrize("invert", [False, True])
def test_predict(trained, name, invert):
    call = PICTURE | {"top": 3, "invert": invert}
    scripts = trained.scripts("predict", {"network": name, **call})
    classes = answered(trained, "predict", name, call)["classes"]
    for language in LANGUAGES:
        _, printed = ran(scripts[language])
        rows = [line.split(maxsplit=3) for line in printed.splitlines()]
        assert [int(row[0]) for row in rows] == [one["index"] for one in classes]
        assert [row[3] for row in rows] == [one["name"] for one in classes]
        assert_same([float(row[1]) for row in rows], [one["probability"] for one in classes], printed)
        assert_same([float(row[2]) for row in rows], [one["logit"] for one in classes], printed)
    if HAS_CURL:
        assert json.loads(curled(scripts["curl"]))["classes"] == classes


def test_what_the_view_refuses_is_refused(trained):
    for view, call, code, field in (
        ("predict", {"image": "cat"}, "missing", "call.network"),
        ("predict", {"network": "none", "image": "cat"}, "unknown_network", "call.network"),
        ("predict", {"network": small.NAME}, "missing", "call.image"),
        ("activations", {"network": small.NAME, "image": "cat", "layer": "x"}, "unknown_layer", "call.layer"),
        (
            "network_trace",
            {"network": small.NAME, "image": "cat", "layer": "conv", "cell": [0, 0, 22]},
            "cell",
            "call.cell",
        ),
        (
            "explain",
            {"network": small.NAME, "image": "cat", "layer": "dense", "cell": [1, 2, 3]},
            "cell_rank",
            "call.cell",
        ),
    ):
        with pytest.raises(urllib.error.HTTPError) as caught:
            trained.json("/api/code", {"view": view, "call": call})
        error = json.loads(caught.value.read())["error"]
        assert (error["code"], error["field"]) == (code, field)


def test_squeezenet_from_the_picture_to_the_classes(service):
    call = {"image": "coffee", "top": 2}
    scripts = service.scripts("predict", {"network": "squeezenet-1.1", **call})
    classes = answered(service, "predict", "squeezenet-1.1", call)["classes"]
    assert classes[0]["name"] == "espresso"
    for language in LANGUAGES:
        _, printed = ran(scripts[language])
        for line, one in zip(printed.splitlines(), classes, strict=True):
            index, share, logit, name = line.split(maxsplit=3)
            assert (int(index), name) == (one["index"], one["name"])
            assert float(share) == pytest.approx(one["probability"], abs=1e-4)
            assert float(logit) == pytest.approx(one["logit"], rel=1e-4)
