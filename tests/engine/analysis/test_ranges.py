"""Live limits against a linear scan: every value of every range is tried by asking for a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from engine.analysis.ranges import ranges
from engine.analysis.report import shape_report
from engine.declaration.operation import Operation
from engine.errors import ConvscopeError
from engine.limits import Limits
from engine.registry import all_operations, operation
from tests.engine.draws import LATEST, PICTURES, Shape, drawings, params_of, pick
from tests.engine.oracles.windows import CELLS

everyone = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)

LIMITS = [
    Limits(kernel=9, stride=7, dilation=5, padding=70, channels=24, cells=3000, seed=20),
    Limits(kernel=70, stride=65, dilation=6, padding=9, channels=70, cells=400, bytes=60_000, seed=9),
]


@dataclass(frozen=True)
class Asked:
    """What a page asks: shapes and parameters, with or without weights."""

    operation: Operation
    shapes: Mapping[str, Shape]
    params: dict[str, Any]
    limits: Limits

    def allows(self, name: str, value: object) -> bool:
        """Whether a run would accept ``value`` for one parameter, the others as they were asked."""
        shapes = dict(self.shapes)
        [parameter] = [p for p in self.operation.parameters if p.name == name]
        if self.operation.name not in CELLS:
            shapes = dict(self.operation.imagine(shapes, parameter, value))
        elif name == "kernel_size" and "weight" in shapes:
            assert isinstance(value, tuple)
            shapes["weight"] = (*shapes["weight"][: -len(value)], *value)
        try:
            self.operation.plan(shapes, {**self.params, name: value}, self.limits)
        except ConvscopeError:
            return False
        return True

    def report(self) -> dict[str, Any]:
        """The whole shape report."""
        asked = self.operation.plan(self.shapes, self.params, self.limits)[0]
        question = self.operation, self.shapes, asked, self.limits
        return {**shape_report(*question), "limits": ranges(*question)}


def drawn(wanted: Operation, number: int, seed: int) -> Iterator[Asked]:
    """Sound questions, some of them about shapes alone."""
    rng = np.random.default_rng(seed)
    for call in drawings(wanted, number, PICTURES, seed):
        limits = LIMITS[int(rng.integers(2))]
        shapes = {name: array.shape for name, array in call.arrays.items()}
        asked = Asked(wanted, shapes, call.params, limits)
        if rng.random() < 0.5:
            alone = {"input": shapes["input"]}
            asked = Asked(wanted, alone, params_of(rng, wanted, alone, everything=True), limits)
        try:
            wanted.plan(asked.shapes, asked.params, limits)
        except ConvscopeError:
            continue
        LATEST[:] = [asked]
        yield asked


def declared(asked: Asked, name: str) -> range:
    """All the values that the declaration knows."""
    [parameter] = [p for p in asked.operation.parameters if p.name == name]
    domain = parameter.domain(asked.limits)
    assert isinstance(domain["min"], int)
    assert isinstance(domain["max"], int)
    return range(domain["min"], domain["max"] + 1)


@everyone
def test_ranges_are_what_a_linear_scan_finds(operation: Operation):
    seen: set[str] = set()
    for asked in drawn(operation, 50, seed=50):
        report = asked.report()
        for name, limit in report["limits"].items():
            if not isinstance(limit, list):
                continue
            seen.add(name)
            value = report["params"][name]
            for place, found in enumerate(limit):

                def changed(number: int, value=value, place=place) -> object:
                    if isinstance(value, int):
                        return number
                    return (*value[:place], number, *value[place + 1 :])

                true = [n for n in declared(asked, name) if asked.allows(name, changed(n))]
                step = found.get("step", 1)
                told = found["values"] or list(range(found["min"], found["max"] + 1, step))
                assert told == true, f"{name}[{place}]"
                assert (found["min"], found["max"]) == (true[0], true[-1])
                check_reasons(asked, name, found)
    # Of so few draws of volumes, not every parameter need be given.
    kinds = {p.name: p.domain(Limits())["kind"] for p in operation.parameters}
    expected = {name for name, kind in kinds.items() if kind in ("integer", "padding")}
    assert seen <= expected
    assert seen == expected or operation.dims == 3 or operation.dims is None


def check_reasons(asked: Asked, name: str, found: Mapping[str, Any]) -> None:
    """A reason stands at both ends, says a sentence and names a field of this call."""
    fields = {p.name for p in asked.operation.parameters} | {i.name for i in asked.operation.inputs}
    for end in ("min_reason", "max_reason"):
        reason = found[end]
        assert reason is not None, f"{name}: no {end}"
        assert set(reason) - {"text", "advice"} == {"code", "message", "field", "values"}
        assert reason["message"].endswith(".")
        assert reason["field"] in fields or reason["code"].startswith("limit_")


@everyone
def test_choices_are_what_trying_them_finds(operation: Operation):
    refused = 0
    for asked in drawn(operation, 120, seed=51):
        report = asked.report()
        for parameter in operation.parameters:
            limit = report["limits"].get(parameter.name)
            if not isinstance(limit, dict):
                continue
            words = parameter.alternatives()
            true = [word for word in words if asked.allows(parameter.name, word)]
            assert limit["choices"] == true
            assert set(limit["reasons"]) == {str(word) for word in words if word not in true}
            assert all(reason["message"] for reason in limit["reasons"].values())
            refused += len(limit["reasons"])
    assert refused or not (operation.dims == 2 and operation.name in CELLS), "nothing was ever refused"


@everyone
def test_every_parameter_has_its_limits(operation: Operation):
    """Sliders and menus all have one, but for what was left out and follows nothing."""
    for asked in drawn(operation, 40, seed=52):
        report = asked.report()
        settled = {
            p.name
            for p in operation.parameters
            if report["params"][p.name] is not None
            and (p.alternatives() or p.components(report["params"][p.name]))
        }
        assert set(report["limits"]) == settled


@pytest.mark.parametrize(
    ("shapes", "params", "name", "place"),
    [
        # With gaps in the kernel, a window can hold padding alone for some sides and not for others.
        (
            {"input": (1, 1, 9)},
            {"kernel_size": [2, 1], "dilation": [4, 1], "stride": [4, 1], "padding": [4, 4, 0, 0]},
            "padding",
            0,
        ),
        # An even kernel with dilation 2 straddles the only cell there is.
        (
            {"input": (1, 1, 1)},
            {"kernel_size": 3, "dilation": 2, "padding": "same", "stride": 1},
            "kernel_size",
            0,
        ),
        # Some strides skip the window that holds padding alone.
        (
            {"input": (1, 1, 9)},
            {"kernel_size": [2, 1], "dilation": [4, 1], "stride": [4, 1], "padding": [4, 4, 0, 0]},
            "stride",
            0,
        ),
    ],
)
def test_ranges_with_gaps(shapes: dict[str, Shape], params: dict[str, Any], name: str, place: int):
    asked = Asked(operation("max_pool2d"), shapes, params, Limits())
    report = asked.report()
    value, found = report["params"][name], report["limits"][name][place]
    true = [n for n in declared(asked, name) if asked.allows(name, (*value[:place], n, *value[place + 1 :]))]
    assert (found["values"] or list(range(found["min"], found["max"] + 1))) == true


def test_output_maps_are_multiples_of_the_groups():
    params = {"kernel_size": 3, "out_channels": 6, "groups": 3}
    asked = Asked(operation("conv2d"), {"input": (6, 10, 10)}, params, Limits())
    [found] = asked.report()["limits"]["out_channels"]
    true = [n for n in range(1, 4097) if asked.allows("out_channels", n)]
    assert true == list(range(3, 4097, 3))
    assert (found["values"] or list(range(found["min"], found["max"] + 1, found["step"]))) == true


def test_groups_are_the_divisors():
    rng = np.random.default_rng(53)
    conv2d = operation("conv2d")
    for _ in range(60):
        channels, kernels = int(rng.integers(1, 65)), int(rng.integers(1, 4))
        shapes = {"input": (channels, 5, 5), "weight": pick(rng, ((3, 3), (kernels, 3, 3)))}
        asked = Asked(conv2d, shapes, {}, Limits())
        [groups] = asked.report()["limits"]["groups"]
        divisors = [n for n in range(1, channels + 1) if channels % n == 0]
        assert (groups["values"] or list(range(groups["min"], groups["max"] + 1))) == divisors


def test_with_whole_weights_only_their_own_groups_remain():
    asked = Asked(operation("conv2d"), {"input": (6, 5, 5), "weight": (4, 3, 3, 3)}, {"groups": 2}, Limits())
    [groups] = asked.report()["limits"]["groups"]
    assert (groups["min"], groups["max"]) == (2, 2)


def test_the_lab_as_it_opens():
    """A photo, Sobel x: the numbers behind the first sliders."""
    asked = Asked(operation("conv2d"), {"input": (3, 240, 320), "weight": (3, 3)}, {}, Limits())
    limits = asked.report()["limits"]
    assert [(one["min"], one["max"]) for one in limits["stride"]] == [(1, 16), (1, 16)]
    assert [(one["min"], one["max"]) for one in limits["kernel_size"]] == [(1, 31), (1, 31)]
    assert [(one["min"], one["max"]) for one in limits["padding"]] == [(0, 512)] * 4
    assert limits["groups"][0]["values"] == [1, 3]
    assert limits["padding_mode"]["choices"] == ["zeros", "reflect", "replicate", "circular"]


def test_reflection_at_its_limit():
    params = {"padding": [4, 0, 0, 0], "padding_mode": "reflect"}
    asked = Asked(operation("conv2d"), {"input": (1, 5, 9), "weight": (3, 3)}, params, Limits())
    limits = asked.report()["limits"]
    assert [one["max"] for one in limits["padding"]] == [4, 4, 8, 8]
    assert limits["padding"][0]["max_reason"]["field"] == "padding"
    assert "0 to 4" in limits["padding"][0]["max_reason"]["message"]


def test_a_pools_window_keeps_its_stride_as_it_was_asked():
    """Where the stride follows the window, a window may be no larger than a run then accepts."""
    pool = operation("max_pool2d")
    for params in ({"kernel_size": 3}, {"kernel_size": 3, "stride": 2}):
        asked = Asked(pool, {"input": (1, 40, 40)}, params, Limits())
        most = asked.report()["limits"]["kernel_size"][0]["max"]
        assert asked.allows("kernel_size", (most, 3))
        assert most == 31 or not asked.allows("kernel_size", (most + 1, 3))
