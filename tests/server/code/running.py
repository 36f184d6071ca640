"""Running scripts: curl by a shell, the Python ones within this process, against a real port."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import shutil
import subprocess
import urllib.request
import warnings
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from engine.declaration.operation import Operation
from tests.engine.draws import PICTURES, drawings

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
