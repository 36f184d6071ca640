"""The same in code: every script is run, and gives the numbers of the view that it stands for.

curl is run by a shell where there is one; the Python scripts within this process, against a real
port; PyTorch's are compiled, and run where it is installed.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import shutil
import subprocess
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.declaration.operation import Operation
from engine.registry import operation as by_name
from engine.registry import registered
from tests.engine.draws import PICTURES, drawings
from tests.extra.threshold import threshold
from tests.served import served
from tests.server.every import EVERY, error_of, shape_wish, wish

HAS_TORCH = importlib.util.find_spec("torch") is not None
HAS_CURL = shutil.which("curl") is not None and shutil.which("sh") is not None
LANGUAGES = ["python", "numpy", *(["torch"] if HAS_TORCH else [])]
PHOTO = {
    "operation": "conv2d",
    "input": {"image": "coffee", "size": 40},
    "weights": "sobel-x",
    "params": {"padding": 1, "stride": [2, 1]},
}
DRAWN = {
    "operation": "conv2d",
    "input": {"image": "cat", "size": 24},
    "inputs": {"weight": {"seed": 4}, "bias": {"seed": 5}},
    "params": {"out_channels": 6, "kernel_size": 5, "groups": 3, "dilation": 2, "padding": "same"},
    "activation": "gelu",
}


class Service:
    """The service on a port of its own."""

    def __init__(self, address: str) -> None:
        self.base = f"http://{address}"

    def post(self, path: str, body: dict[str, Any]) -> bytes:
        data = json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as reply:
            return reply.read()

    def json(self, path: str, body: dict[str, Any]) -> Any:
        return json.loads(self.post(path, body))

    def npy(self, path: str, body: dict[str, Any]) -> np.ndarray:
        return np.load(io.BytesIO(self.post(path, body)), allow_pickle=False)

    def scripts(self, view: str, call: dict[str, Any]) -> dict[str, str]:
        found = self.json("/api/code", {"view": view, "call": call})
        assert list(found) == ["curl", "python", "numpy", "torch"]
        for name in ("python", "numpy", "torch"):
            compile(found[name], name, "exec")
        return found


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with served() as address:
        yield Service(address)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def ran(text: str) -> tuple[dict[str, Any], str]:
    """What a script's names hold in the end, and what it printed."""
    names: dict[str, Any] = {"__name__": "__main__"}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(text, "script", "exec"), names)
    return names, printed.getvalue()


def curled(text: str) -> str:
    done = subprocess.run(["sh", "-c", text], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def assert_same(found: Any, wanted: Any, text: str) -> None:
    found, wanted = np.asarray(found, np.float64), np.asarray(wanted, np.float64)
    assert found.shape == wanted.shape, text
    scale = max(float(np.abs(wanted[np.isfinite(wanted)]).max(initial=0)), 1e-3)
    np.testing.assert_allclose(found, wanted, rtol=2e-4, atol=1e-4 * scale, err_msg=text)


def last(printed: str, name: str) -> float:
    """The number printed after a name."""
    return float(next(line for line in printed.splitlines() if line.startswith(name + " ")).split()[1])


def languages(scripts: dict[str, str]) -> list[str]:
    """The languages in which the numbers are settled: PyTorch says where it leaves them open."""
    return [each for each in LANGUAGES if each != "torch" or "PyTorch may" not in scripts[each]]


def drawn_wishes(operation: Operation, number: int) -> Iterator[dict[str, Any]]:
    """Bodies of POST /api/run with drawn parameters and inputs, all of them in the body."""
    for drawn in islice(drawings(operation, 10, PICTURES, seed=3), number):
        arrays = {
            name: array.astype(np.float32) if array.dtype.kind == "f" else array
            for name, array in drawn.arrays.items()
        }
        yield {
            "operation": operation.name,
            "inputs": {name: {"values": array.tolist()} for name, array in arrays.items()},
            "params": drawn.params,
        }


@EVERY
def test_run_and_trace_of_every_operation(service, operation):
    for body in [wish(operation), *drawn_wishes(operation, 6 if operation.dims == 2 else 2)]:
        whole = service.npy("/api/run", body | {"format": "npy"})
        scripts = service.scripts("run", body)
        for language in languages(scripts):
            names, printed = ran(scripts[language])
            assert_same(names["output"], whole, scripts[language])
            assert printed.startswith(str(whole.shape))
        if 0 in whole.shape:
            continue
        body |= {"cell": [size - 1 for size in whole.shape]}
        trace = service.json("/api/trace", body)
        scripts = service.scripts("trace", body)
        for language in languages(scripts):
            _, printed = ran(scripts[language])
            scale = sum(abs(term["product"] or 0) for term in trace["terms"]) * 1e-4 + 1e-4
            assert last(printed, "value") == pytest.approx(trace["value"], rel=2e-4, abs=scale)
            if language != "torch":
                assert last(printed, "sum") == pytest.approx(trace["sum"], rel=2e-4, abs=scale)


@EVERY
def test_every_output_has_code_or_says_so(service, operation):
    body = wish(operation)
    for name, output in service.json("/api/run", body)["outputs"].items():
        try:
            scripts = service.scripts("run", body | {"output": name})
        except urllib.error.HTTPError as refusal:
            error = json.load(refusal)["error"]
            assert (error["code"], error["field"]) == ("no_code", "call.output")
            assert name not in error["values"]["names"]
            assert operation.name == "separable_conv2d"  # its factors have a scale of their own
            continue
        wanted = np.array(output["values"], np.float64).reshape(output["shape"])
        variable = "output" if name == operation.outputs[0].name else name
        for language in LANGUAGES:
            assert_same(ran(scripts[language])[0][variable], wanted, scripts[language])


@EVERY
def test_shape_of_every_operation(service, operation):
    body = shape_wish(operation)
    report = service.json("/api/shape", body)
    scripts = service.scripts("shape", body)
    for language in LANGUAGES:
        _, printed = ran(scripts[language])
        said = dict(line.split(" ", 1) for line in printed.splitlines())
        assert [int(n) for n in said["output"].strip("()").split(",") if n.strip()] == report["output_shape"]
        assert (int(said["parameters"]), int(said["macs"])) == (report["parameters"], report["macs"])


@EVERY
def test_parts_of_every_sum_over_channels(service, operation):
    if not operation.sums_channels:
        return
    for body in [wish(operation), *drawn_wishes(operation, 2)]:
        maps = service.json("/api/run", body | {"channels": [0]})["shape"]
        body |= {"parts": 0, "region": [0, 0, maps[1], maps[2] - 1 or 1]}
        wanted = service.npy("/api/run", body | {"format": "npy"})
        scripts = service.scripts("parts", body)
        assert scripts == service.scripts("run", body)
        for language in LANGUAGES:
            assert_same(ran(scripts[language])[0]["part"], wanted, scripts[language])


@EVERY
def test_curve_of_every_activation(service, operation):
    if not operation.elementwise:
        return
    bodies = [wish(operation) | {"channel": 1}, PHOTO | {"activation": operation.name}]
    for body in bodies:
        found = service.json("/api/curve", body)
        scripts = service.scripts("curve", body)
        for language in LANGUAGES:
            names, printed = ran(scripts[language])
            for name in ("x", "y", "slope"):
                array = names[name] if language != "torch" else names[name].detach().numpy()
                assert_same(array, np.array(found[name], np.float64), scripts[language])
            if language != "python":
                for name in ("before", "after"):
                    held = found[name]
                    assert names[name].mean() == pytest.approx(held["mean"], rel=1e-5, abs=1e-6)
                    assert sum(names[f"counts_{name}"]) == sum(held["counts"])
                assert names["counts_before"].tolist() == found["before"]["counts"]
            assert "before" in printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_numbers_of_a_photo_are_exact(service, language):
    wanted = service.npy("/api/run", PHOTO | {"format": "npy"})
    output = np.asarray(ran(service.scripts("run", PHOTO)[language])[0]["output"])
    assert np.array_equal(output, wanted)
    cell = {"cell": [0, 7, 9]}
    trace = service.json("/api/trace", PHOTO | cell)
    printed = ran(service.scripts("trace", PHOTO | cell)[language])[1]
    assert last(printed, "value") == trace["value"]
    if language != "torch":
        assert last(printed, "sum") == trace["sum"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"channels": [4, 1], "region": [2, 3, 5, 6]},
        {"activation": None, "channels": [0]},
        {"input": {"image": "cat", "size": 30, "color": "rgb", "crop": [10, 20, 200, 300]}},
        {"input": {"image": "cat", "size": 24, "edits": [[3, 4, 255], [0, 0, 9]]}},
        {"input": {"image": "cat", "size": 24, "edits": [[y, x, 7] for y in range(16) for x in range(20)]}},
    ],
    ids=["drawn", "picked", "plain", "crop", "edits", "many edits"],
)
def test_pictures_and_drawn_weights_are_fetched(service, language, more):
    body = DRAWN | more
    wanted = service.npy("/api/run", body | {"format": "npy"})
    text = service.scripts("run", body)[language]
    names, _ = ran(text)
    assert_same(names["output"], wanted, text)
    if wanted.size > 100:
        assert_same(np.load("conv2d.npy"), wanted, text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["conv1d", "conv3d"])
def test_a_photo_as_a_signal_and_as_a_volume(service, language, name):
    drawn = {"inputs": {"weight": {"seed": 1}}, "params": {"kernel_size": 1, "out_channels": 2}}
    for more in ({}, {"row": 2}) if name == "conv1d" else ({},):
        photo = {"image": "cat", "size": 12, "color": "grey" if name == "conv3d" else "rgb", **more}
        body = {"operation": name, "input": photo, **drawn}
        wanted = service.npy("/api/run", body | {"format": "npy"})
        assert_same(ran(service.scripts("run", body)[language])[0]["output"], wanted, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_compare(service, language):
    other = PHOTO | {"weights": "sobel-y", "activation": "relu"}
    body = {"a": PHOTO | {"channel": 0}, "b": other}
    found = service.json("/api/compare", body)
    text = service.scripts("compare", body)[language]
    names, printed = ran(text)
    assert_same(names["difference"], np.array(found["difference"]), text)
    assert last(printed, "largest") == found["largest"]
    assert list(names["at"]) == found["at"]
    assert last(printed, "mean") == pytest.approx(found["mean"])
    assert last(printed, "equal") == found["equal"]
    body["b"] = PHOTO | {"params": {}}
    assert "different shapes" in ran(service.scripts("compare", body)[language])[1]


@pytest.mark.skipif(not HAS_CURL, reason="there is no curl, or no shell, on this machine")
@pytest.mark.parametrize(
    ("view", "call", "path"),
    [
        ("run", {"operation": "relu", "input": {"values": [[[-1, 2]]]}}, "/api/run"),
        ("trace", PHOTO | {"cell": [0, 1, 2]}, "/api/trace"),
        (
            "shape",
            {"operation": "conv2d", "input_shape": [3, 9, 9], "params": {"kernel_size": 3}},
            "/api/shape",
        ),
        ("parts", PHOTO | {"parts": 0, "region": [0, 0, 3, 3]}, "/api/run"),
        ("curve", PHOTO | {"activation": "relu"}, "/api/curve"),
        ("compare", {"a": PHOTO, "b": DRAWN | {"activation": "tanh", "channel": 2}}, "/api/compare"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_curl_asks_for_the_same(service, view, call, path):
    assert json.loads(curled(service.scripts(view, call)["curl"])) == service.json(path, call)


@pytest.mark.skipif(not HAS_CURL, reason="there is no curl, or no shell, on this machine")
def test_curl_saves_what_is_large(service):
    assert curled(service.scripts("run", DRAWN)["curl"]) == ""
    assert np.array_equal(np.load("conv2d.npy"), service.npy("/api/run", DRAWN | {"format": "npy"}))
    curled(service.scripts("run", PHOTO | {"format": "png"})["curl"])
    assert Path("conv2d.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed here: its scripts were compiled, not run")
def test_pytorch_was_run_too():
    assert "torch" in LANGUAGES


def test_inputs_are_given_by_name(service):
    body = {name: value for name, value in DRAWN.items() if name != "activation"}
    weight = service.npy("/api/inputs", body | {"name": "weight"})
    assert (weight.shape, weight.dtype) == ((6, 1, 5, 5), np.float32)
    assert service.npy("/api/inputs", body | {"name": "input"}).shape[0] == 3
    with pytest.raises(urllib.error.HTTPError) as refused:
        service.npy("/api/inputs", body | {"name": "divisor"})
    assert json.load(refused.value)["error"]["field"] == "name"


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"view": "draw", "call": {}}, "view", None),
        ({"view": "run", "call": {"operation": "conv2d", "shape": 1}}, "call.shape", None),
        ({"view": "run", "call": PHOTO | {"params": {"stride": 0}}}, "call.params.stride", None),
        ({"view": "run", "call": PHOTO | {"channels": [9]}}, "call.channels", "channels"),
        ({"view": "trace", "call": PHOTO | {"cell": [0, 0, 99]}}, "call.cell", "cell"),
        ({"view": "curve", "call": PHOTO}, "call.activation", "no_curve"),
        ({"view": "parts", "call": PHOTO}, "call.parts", None),
        (
            {"view": "compare", "call": {"a": PHOTO, "b": PHOTO | {"channel": 9}}},
            "call.b.channel",
            "channels",
        ),
    ],
)
def test_refusals_name_the_field_within_the_call(client, body, field, code):
    reply = client.post("/api/code", json=body)
    assert reply.status_code == 422, reply.text
    error = reply.json()["error"]
    assert error["field"] == field
    assert code in (None, error["code"])


def test_what_is_too_long_for_a_script_is_refused(client):
    """A million numbers, four times as text, would hold everybody up for seconds."""
    call = {"operation": "relu", "input": {"values": [[[0.5] * 300] * 101]}}
    reply = client.post("/api/code", json={"view": "run", "call": call})
    error = error_of(reply)
    assert (error["code"], error["field"]) == ("limit_code", "call")
    assert error["values"] == {"asked": 30_300, "max": 30_000}
    side = {
        "operation": "relu",
        "input": {"image": "edge", "edits": [[n // 64, n % 64, 7] for n in range(4096)]},
    }
    reply = client.post("/api/code", json={"view": "compare", "call": {"a": side, "b": side}})
    assert reply.status_code == 200


def test_an_operation_without_a_recipe_says_so(client):
    with registered(threshold):
        call = {"operation": "threshold", "input": {"values": [[[1, 2]]]}}
        reply = client.post("/api/code", json={"view": "run", "call": call})
    assert reply.status_code == 422
    assert reply.json()["error"]["code"] == "no_code"


def test_lines_are_short_enough_to_read(service):
    for view, call in (("run", PHOTO), ("run", DRAWN), ("trace", PHOTO | {"cell": [0, 1, 2]})):
        scripts = service.scripts(view, call)
        assert max(len(line) for text in scripts.values() for line in text.splitlines()) <= 110
    assert "F.conv2d" in scripts["torch"]
    assert by_name("conv2d").name in scripts["python"]
