"""The networks that ship beside ONNX Runtime on the same weights, layer by layer, on every photo.

The ONNX graph is made from our own graph and arrays, so what is compared is the computing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from engine.network import activations
from tests.engine.network.onnx_graph import onnx_model
from tests.engine.network.shipped import NAMES, PHOTOS, about, prepared, shipped

every_network = pytest.mark.parametrize("name", NAMES)
photos = pytest.mark.parametrize("photo", PHOTOS, ids=lambda photo: photo.stem)


@cache
def session(name: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    model = onnx_model(shipped(name)).SerializeToString()
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def test_there_is_something_to_compare():
    assert {"squeezenet-1.1", "efficientnet-lite0"} <= set(NAMES)
    assert len(PHOTOS) == 10


@every_network
@photos
def test_every_layer_is_onnx_runtimes(name: str, photo: Path):
    network, picture = shipped(name), prepared(name, photo)
    ours, layers = activations(network, picture), list(network.planned)
    found = map(np.asarray, session(name).run(layers, {"input": picture[None]}))
    theirs = dict(zip(layers, found, strict=True))
    for layer in layers:
        assert ours[layer].dtype == np.float32
        assert theirs[layer].shape == (1, *ours[layer].shape), layer
        apart = np.abs(ours[layer] - theirs[layer][0]).max()
        assert apart <= 1e-4 * np.ptp(theirs[layer]), f"{layer}: {apart} of {np.ptp(theirs[layer])}"
    logits = about(name)["logits"]
    assert np.abs(ours[logits] - theirs[logits][0]).max() <= 1e-3 * np.ptp(theirs[logits])
    first, second = (np.argsort(-found)[:5] for found in (ours.output, theirs[network.output][0]))
    np.testing.assert_array_equal(first, second)
