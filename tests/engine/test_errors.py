"""Every refusal names the field and what is allowed, and codes that a page can translate."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import engine
from engine.errors import ConvscopeError, LimitError, ParameterError, ShapeError, UnknownName
from engine.texts import Text
from tests.refusals import places


def test_errors_are_one_family():
    for error in (ParameterError, ShapeError, LimitError, UnknownName):
        assert issubclass(error, ConvscopeError)
        text = Text("{max} is the most.", "最大 {max}。")
        one = error("code", text, field="field", values={"max": 3000}, advice=Text("Take less.", "请减少。"))
        assert (one.code, one.field, one.values) == ("code", "field", {"max": 3000})
        assert (one.text, one.advice) == (text, Text("Take less.", "请减少。"))
        assert str(one) == one.message == "3,000 is the most."
        assert isinstance(one, ValueError)


PICTURE = np.arange(2 * 5 * 6).reshape(2, 5, 6)
WEIGHT = np.ones((4, 1, 3, 3))

BAD = [
    # (operation, arguments, error, field, what the sentence must name)
    ("conv2d", {"stride": 0}, ParameterError, "stride", ["stride", "1"]),
    ("conv2d", {"stride": [1, 0]}, ParameterError, "stride", ["stride", "1", "[height, width]"]),
    ("conv2d", {"stride": "2"}, ParameterError, "stride", ["stride"]),
    ("conv2d", {"stride": 1.0}, ParameterError, "stride", ["stride"]),
    ("conv2d", {"padding": -1}, ParameterError, "padding", ["padding", "0", "valid, same, full"]),
    ("conv2d", {"padding": "Same"}, ParameterError, "padding", ["padding", "same"]),
    ("conv2d", {"padding": [1, 2, 3]}, ParameterError, "padding", ["top, bottom, left, right"]),
    ("conv2d", {"dilation": 0}, ParameterError, "dilation", ["dilation", "1"]),
    ("conv2d", {"dilation": 3}, ShapeError, "kernel_size", ["height", "7 cells", "has 5", "1 to 2"]),
    ("conv2d", {"groups": 0}, ParameterError, "groups", ["groups", "1"]),
    ("conv2d", {"groups": 3}, ShapeError, "groups", ["groups", "3", "2 input channels"]),
    ("conv2d", {"groups": True}, ParameterError, "groups", ["groups", "whole number"]),
    ("conv2d", {"padding_mode": "mirror"}, ParameterError, "padding_mode", ["zeros, reflect, replicate"]),
    ("conv2d", {"padding": 5, "padding_mode": "reflect"}, ShapeError, "padding", ["reflect", "0 to 4"]),
    ("conv2d", {"padding": 7, "padding_mode": "circular"}, ShapeError, "padding", ["circular", "0 to 5"]),
    ("conv2d", {"weight": np.ones((6, 6))}, ShapeError, "kernel_size", ["height", "6", "1 to 5"]),
    (
        "conv2d",
        {"weight": np.ones((4, 2, 3, 3)), "groups": 2},
        ShapeError,
        "weight",
        ["2 channels", "have 1"],
    ),
    ("conv2d", {"weight": np.ones((3, 1, 3, 3)), "groups": 2}, ShapeError, "groups", ["3 output maps"]),
    ("conv2d", {"weight": np.ones(3)}, ShapeError, "weight", ["(kh, kw)", "[3]"]),
    ("conv2d", {"weight": np.ones((0, 3))}, ShapeError, "weight", ["none of them 0"]),
    ("conv2d", {"weight": [[1], [1, 2]]}, ParameterError, "weight", ["weight", "regular grid"]),
    ("conv2d", {"weight": [["a"]]}, ParameterError, "weight", ["weight", "real numbers"]),
    ("conv2d", {"bias": [1, 2, 3]}, ShapeError, "bias", ["bias", "one number", "4"]),
    ("conv2d", {"bias": [[1, 2]]}, ShapeError, "bias", ["bias", "[1, 2]"]),
    ("conv2d", {"bias": []}, ShapeError, "bias", ["bias", "4"]),
    ("conv2d", {"divisor": 0}, ParameterError, "divisor", ["divisor", "not", "0"]),
    ("conv2d", {"divisor": [1, 0, 1, 1]}, ParameterError, "divisor", ["divisor", "0"]),
    ("conv2d", {"divisor": np.nan}, ParameterError, "divisor", ["divisor"]),
    ("conv2d", {"divisor": np.inf}, ParameterError, "divisor", ["divisor"]),
    ("conv2d", {"divisor": [1, 2, 3]}, ShapeError, "divisor", ["divisor", "4"]),
    ("conv2d", {"input": np.ones((5, 6))}, ShapeError, "input", ["(C, H, W)", "[5, 6]"]),
    ("conv2d", {"input": 3}, ShapeError, "input", ["(C, H, W)"]),
    ("conv2d", {"input": np.ones((1, 1, 1, 5, 6))}, ShapeError, "input", ["(N, C, H, W)"]),
    ("conv2d", {"input": np.ones((0, 5, 6))}, ShapeError, "input", ["at least one channel"]),
    ("conv2d", {"input": np.ones((2, 0, 6))}, ShapeError, "input", ["one cell along each axis", "[2, 0, 6]"]),
    ("conv2d", {"input": np.ones((2, 6, 0))}, ShapeError, "input", ["one cell along each axis", "[2, 6, 0]"]),
    ("conv2d", {"input": None}, ParameterError, "input", ["input"]),
    ("max_pool2d", {"kernel_size": 0}, ParameterError, "kernel_size", ["kernel_size", "1"]),
    ("max_pool2d", {"kernel_size": [6, 1]}, ShapeError, "kernel_size", ["height", "6", "1 to 5"]),
    ("max_pool2d", {"kernel_size": None}, ParameterError, "kernel_size", ["kernel_size"]),
    ("max_pool2d", {"padding": 2}, ShapeError, "padding", ["height", "padding 2", "at most 1"]),
    ("max_pool2d", {"padding": [0, 0, 0, 2]}, ShapeError, "padding", ["width", "at most 1"]),
    ("max_pool2d", {"ceil_mode": 1}, ParameterError, "ceil_mode", ["ceil_mode", "true or false"]),
    ("avg_pool2d", {"padding": 2}, ShapeError, "padding", ["height", "padding 2", "at most 1"]),
    ("avg_pool2d", {"divisor_override": 0}, ParameterError, "divisor_override", ["divisor_override", "1"]),
    ("avg_pool2d", {"count_include_pad": "yes"}, ParameterError, "count_include_pad", ["true or false"]),
]
USUAL: dict[str, dict[str, Any]] = {
    "conv2d": {"input": PICTURE, "weight": WEIGHT, "groups": 2},
    "max_pool2d": {"input": PICTURE, "kernel_size": 2},
    "avg_pool2d": {"input": PICTURE, "kernel_size": 2},
}


@pytest.mark.parametrize(
    ("name", "wrong", "kind", "field", "said"), BAD, ids=lambda part: str(part)[:50].replace("\n", " ")
)
def test_every_error_names_the_field_and_what_is_allowed(name, wrong, kind, field, said):
    function = getattr(engine, name)
    arguments = {**USUAL[name], **wrong}
    function(**USUAL[name])
    with pytest.raises(kind) as caught:
        function(**arguments)
    error = caught.value
    assert type(error) is kind
    assert error.field == field
    assert error.code.isidentifier()
    assert error.code.islower()
    for word in said:
        assert word in str(error), str(error)
    assert str(error)[0].isalpha()
    assert str(error).endswith(".")
    assert len(str(error)) < 500
    assert "{" not in str(error)
    for text in (error.text, error.advice or error.text, *error.advice_on.values()):
        assert places(text.en) == places(text.zh) <= set(error.values)


def test_every_code_means_one_sentence():
    """A page translates by code and values: the same code must always carry the same values."""
    seen: dict[str, set[str]] = {}
    for name, wrong, kind, _, _ in BAD:
        with pytest.raises(kind) as caught:
            getattr(engine, name)(**{**USUAL[name], **wrong})
        values = set(caught.value.values)
        assert seen.setdefault(caught.value.code, values) == values, caught.value.code


def test_a_contradiction_between_weights_and_parameters():
    conv2d = engine.operation("conv2d")
    inputs = {"input": PICTURE, "weight": WEIGHT}
    assert conv2d.bind(inputs, {"kernel_size": 3, "out_channels": 4, "groups": 2}).run().shape == (4, 3, 4)
    for name, value in (("kernel_size", 2), ("kernel_size", [3, 1]), ("out_channels", 5)):
        with pytest.raises(ParameterError, match="the weights say") as caught:
            conv2d.bind(inputs, {"groups": 2, name: value})
        assert (caught.value.code, caught.value.field) == ("contradiction", name)
