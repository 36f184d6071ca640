"""The engine as others use it: names and order as in torch.nn.functional, errors that explain, no baggage."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import pydoc
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import engine
from engine.errors import ConvscopeError, LimitError, ParameterError, ShapeError, UnknownName
from engine.limits import Limits

ROOT = Path(engine.__file__).resolve().parent.parent

# torch.nn.functional 2.x, without return_indices, which has a name of its own here: the trace.
TORCH = {
    "conv2d": "input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1",
    "max_pool2d": "input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False",
    "avg_pool2d": "input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, "
    "divisor_override=None",
}
OURS = {"conv2d": {"padding_mode": "zeros", "divisor": None}, "max_pool2d": {}, "avg_pool2d": {}}


@pytest.mark.parametrize("name", TORCH)
def test_names_order_and_defaults_are_torchs(name: str):
    signature = inspect.signature(getattr(engine, name))
    positional = [p for p in signature.parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    written = [p.name if p.default is p.empty else f"{p.name}={p.default}" for p in positional]
    assert ", ".join(written) == TORCH[name]
    extras = {p.name: p.default for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY}
    assert extras == OURS[name]
    assert len(extras) + len(positional) == len(signature.parameters)


def test_positions_mean_what_they_say():
    rng = np.random.default_rng(80)
    picture, weight = rng.normal(size=(4, 9, 8)), rng.normal(size=(2, 2, 3, 3))
    by_place = engine.conv2d(picture, weight, [1.0, 2.0], 2, (1, 0), [2, 1], 2)
    by_name = engine.conv2d(
        input=picture, weight=weight, bias=[1.0, 2.0], stride=2, padding=(1, 0), dilation=[2, 1], groups=2
    )
    np.testing.assert_array_equal(by_place, by_name)
    np.testing.assert_array_equal(
        engine.max_pool2d(picture, 3, 2, 1, 1, True),
        engine.max_pool2d(picture, kernel_size=3, stride=2, padding=1, dilation=1, ceil_mode=True),
    )
    np.testing.assert_array_equal(
        engine.avg_pool2d(picture, 3, 2, 1, True, False, 5),
        engine.avg_pool2d(
            picture,
            kernel_size=3,
            stride=2,
            padding=1,
            ceil_mode=True,
            count_include_pad=False,
            divisor_override=5,
        ),
    )


@pytest.mark.parametrize(
    "call",
    [
        lambda x: engine.conv2d(input=x),
        lambda x: engine.conv2d(x, x, None, 1, 0, 1, 1, "reflect"),
        lambda x: engine.conv2d(x, x, paddings=1),
        lambda x: engine.conv2d(x, x, kernel_size=3),
        lambda x: engine.max_pool2d(input=x),
        lambda x: engine.max_pool2d(x, 2, kernel_size=2),
    ],
)
def test_a_wrong_call_is_a_type_error_as_for_any_function(call):
    with pytest.raises(TypeError):
        call(np.ones((1, 4, 4)))


def test_operations_are_names_of_the_module():
    for known in engine.all_operations():
        assert getattr(engine, known.name) is known is engine.operation(known.name)
        assert known.name in dir(engine)
    for name in engine.__all__:
        assert getattr(engine, name) is not None
    # The list is a function, and stays one after it was used.
    assert [known.name for known in engine.all_operations()] == [k.name for k in engine.all_operations()]
    with pytest.raises(AttributeError, match="conv9d"):
        engine.conv9d  # noqa: B018


def test_help_can_be_read():
    for known in engine.all_operations():
        text = inspect.getdoc(known) or ""
        assert text.startswith(f"{known.name}(input")
        for word in ("Shapes:", "Raises"):
            assert word in text, f"{known.name}'s help says nothing about {word}"
        assert known.name in pydoc.render_doc(known)
        inspect.signature(type(known))


def modules() -> list[str]:
    return ["engine", *(m.name for m in pkgutil.walk_packages(engine.__path__, "engine."))]


@pytest.mark.parametrize("name", modules())
def test_examples_in_docstrings(name: str):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples():
    assert doctest.testmod(engine).attempted > 0


@pytest.mark.parametrize("name", modules())
def test_what_is_public_is_explained(name: str):
    module = importlib.import_module(name)
    assert module.__doc__
    for thing in vars(module).values():
        if inspect.isfunction(thing) and thing.__module__ == name and not thing.__name__.startswith("_"):
            assert thing.__doc__, thing
            unknown = [
                p.name for p in inspect.signature(thing).parameters.values() if p.annotation is p.empty
            ]
            assert not unknown, f"{thing.__name__}: {unknown} without a type"


def test_errors_are_one_family():
    for error in (ParameterError, ShapeError, LimitError, UnknownName):
        assert issubclass(error, ConvscopeError)
        one = error("code", "A sentence.", field="field", values={"max": 3})
        assert (one.code, one.message, one.field, one.values) == ("code", "A sentence.", "field", {"max": 3})
        assert str(one) == "A sentence."
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
    ("conv2d", {"input": np.ones((2, 0, 6))}, ShapeError, "input", ["row and column", "[2, 0, 6]"]),
    ("conv2d", {"input": np.ones((2, 6, 0))}, ShapeError, "input", ["row and column", "[2, 6, 0]"]),
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


def test_a_kernel_that_follows_from_weights_need_not_be_said_for_shapes_alone():
    conv2d = engine.operation("conv2d")
    with pytest.raises(ParameterError, match="kernel_size"):
        conv2d.plan({"input": (1, 5, 5)}, {}, Limits())
    assert conv2d.plan({"input": (1, 5, 5)}, {"kernel_size": 3}, Limits())[2].output == (1, 3, 3)


BLOCKED = """
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {blocked!r}:
            raise ImportError(f"{{name}} is not to be imported")

sys.meta_path.insert(0, Blocker())
import numpy as np
import engine, engine.kernels, engine.report
from engine.limits import Limits
for operation in engine.all_operations():
    operation.describe(Limits())
print(engine.conv2d(np.ones((1, 4, 4)), engine.kernels.kernel("box-3").values, divisor=9).tolist())
own = {{name.split(".")[0] for name in sys.modules}}
print(sorted(own & {blocked!r}))
"""


def test_the_engine_needs_numpy_and_nothing_else():
    blocked = {
        "server",
        "fastapi",
        "starlette",
        "pydantic",
        "PIL",
        "uvicorn",
        "jinja2",
        "onnx",
        "scipy",
        "cv2",
    }
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", BLOCKED.format(blocked=blocked)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split("\n")[:2] == ["[[[1.0, 1.0], [1.0, 1.0]]]", "[]"]
