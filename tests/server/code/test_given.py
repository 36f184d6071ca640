"""One input of a call, drawn or not, as it is computed with."""

from __future__ import annotations

import json
import urllib.error

import numpy as np
import pytest

from tests.server.code.running import DRAWN


def test_inputs_are_given_by_name(service):
    body = {name: value for name, value in DRAWN.items() if name != "activation"}
    weight = service.npy("/api/inputs", body | {"name": "weight"})
    assert (weight.shape, weight.dtype) == ((6, 1, 5, 5), np.float32)
    assert service.npy("/api/inputs", body | {"name": "input"}).shape[0] == 3
    with pytest.raises(urllib.error.HTTPError) as refused:
        service.npy("/api/inputs", body | {"name": "divisor"})
    assert json.load(refused.value)["error"]["field"] == "name"
