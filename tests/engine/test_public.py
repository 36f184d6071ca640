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

import numpy as np
import pytest

import engine
from engine.errors import ParameterError
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
