"""The same in code: every script is run, and gives the numbers of the view that it stands for.

curl is run by a shell where there is one; the Python scripts within this process, against a real
port; PyTorch's are compiled, and run where it is installed.
"""

from __future__ import annotations

import json
import urllib.error

import numpy as np
import pytest

from tests.server.code.running import LANGUAGES, PHOTO, assert_same, drawn_wishes, languages, last, ran
from tests.server.every import EVERY, shape_wish, wish


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
