"""Weights as callers write them: numbers, names, both, or numbers with a divisor."""

from __future__ import annotations

from tests.server.every import error_of

TINY = {"values": [[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]}


def test_weights_may_be_numbers_names_or_both(client):
    def run(weights, **more):
        body = {"operation": "conv2d", "input": TINY, "weights": weights, **more}
        return client.post("/api/run", json=body)

    mean = run("box-3").json()["values"]
    assert mean == [[[5.0]]]
    assert run({"values": [[1] * 3] * 3, "divisor": 9}).json()["values"] == mean
    assert run([[1] * 3] * 3).json()["values"] == [[[45.0]]]
    assert run(["box-3", "identity", [[1] * 3] * 3]).json()["values"] == [[[5.0]], [[5.0]], [[45.0]]]
    assert error_of(run("nonesuch"), 404)["field"] == "weights"
    assert error_of(run(["box-3", "gauss-5"]))["field"] == "weights"
    assert error_of(run({"values": "box-3", "divisor": 0}))["field"] == "weights.divisor"
    assert error_of(run({"value": 1}))["field"] == "weights"
    assert error_of(run([[1, 2], [3]]))["field"] == "weights"
    assert error_of(run([["1"]]))["field"] == "weights"
    assert error_of(run([[1e300]]))["code"] == "not_finite"
    assert error_of(run("box-3", bias=[1, 2, 3]))["field"] == "bias"
    assert error_of(run("box-3", params={"kernel_size": 5}))["code"] == "contradiction"


def test_names_are_for_kernels_of_two_dimensions(client):
    for name, values in (("conv1d", [[1, 2, 3]]), ("conv3d", [[[[1, 2, 3]]]])):
        body = {"operation": name, "input": {"values": values}, "params": {}}
        for weights in ("box-3", ["box-3"], {"values": "box-3"}):
            error = error_of(client.post("/api/run", json=body | {"weights": weights}))
            assert error["field"] == "weights"
            assert "two dimensions" in error["message"]
    body = {"operation": "conv1d", "input": {"values": [[1, 2, 3]]}, "weights": [1, -1]}
    assert client.post("/api/run", json=body).json()["values"] == [[-1, -1]]


def test_a_dense_layer_takes_the_shorthands(client):
    body = {"operation": "linear", "input": {"values": [1, 2]}, "weights": [[1, 1], [1, -1]], "bias": [0, 10]}
    assert client.post("/api/run", json=body).json()["values"] == [3, 9]
    with_name = client.post("/api/run", json=body | {"weights": "box-3"})
    assert "nested lists" in error_of(with_name)["message"]
