"""The engine as others use it: names and order as in torch.nn.functional, errors that explain, no baggage."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import pydoc
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import engine
from engine.declaration.operation import Operation
from engine.errors import ParameterError
from engine.limits import Limits

ROOT = Path(engine.__file__).resolve().parent.parent

# torch.nn.functional 2.x, without return_indices, which has a name of its own here: the trace.
_CONV = "input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1"
_CONV_TRANSPOSE = "input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1"
_MAX_POOL = "input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False"
_AVG_POOL = "input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True"
_LP_POOL = "input, norm_type, kernel_size, stride=None, ceil_mode=False"
TORCH = {
    **{f"conv{n}d": _CONV for n in (1, 2, 3)},
    **{f"conv_transpose{n}d": _CONV_TRANSPOSE for n in (1, 2, 3)},
    **{f"max_pool{n}d": _MAX_POOL for n in (1, 2, 3)},
    "avg_pool1d": _AVG_POOL,
    **{f"avg_pool{n}d": f"{_AVG_POOL}, divisor_override=None" for n in (2, 3)},
    **{f"lp_pool{n}d": _LP_POOL for n in (1, 2, 3)},
    **{
        f"max_unpool{n}d": "input, indices, kernel_size, stride=None, padding=0, output_size=None"
        for n in (1, 2, 3)
    },
    **{f"adaptive_avg_pool{n}d": "input, output_size" for n in (1, 2, 3)},
    "relu": "input",
    "relu6": "input",
    "leaky_relu": "input, negative_slope=0.01",
    "prelu": "input, weight",
    "rrelu": f"input, lower={1 / 8}, upper={1 / 3}, training=False",
    "elu": "input, alpha=1.0",
    "selu": "input",
    "gelu": "input, approximate='none'",
    "silu": "input",
    "softplus": "input, beta=1.0, threshold=20.0",
    "sigmoid": "input",
    "tanh": "input",
    "hardsigmoid": "input",
    "hardswish": "input",
    "softmax": "input, dim=None",
    "log_softmax": "input, dim=None",
    "batch_norm": "input, running_mean=None, running_var=None, weight=None, bias=None, training=False, "
    "momentum=0.1, eps=1e-05",
    "local_response_norm": "input, size, alpha=0.0001, beta=0.75, k=1.0",
    "dropout": "input, p=0.5, training=True",
    "linear": "input, weight, bias=None",
    "interpolate": "input, size=None, scale_factor=None, mode='nearest', align_corners=None",
    "pad": "input, padding, mode='constant', value=0",
    "flatten": "input, start_dim=0, end_dim=-1",
    "mse_loss": "input, target, reduction='mean'",
    "multi_margin_loss": "input, target, p=1, margin=1.0, weight=None, reduction='mean'",
    "cross_entropy": "input, target, weight=None, ignore_index=-100, reduction='mean', label_smoothing=0.0",
}
"""torch.nn.functional's signatures, less what is deprecated there, in place, or given by an output of
its own here (return_indices). Where ours has more positional arguments, they stand in OURS_TOO."""
LEFT_OUT = {
    "layer_norm": "normalized_shape cannot be left out in PyTorch",
    "avg_pool1d": "PyTorch's has no divisor_override",
    "cat": "PyTorch's takes a list",
    "add": "one of the tensor's own functions",
}
NOT_TORCHS = ("separable_conv2d", "depthwise_separable_conv2d", "global_")


def test_every_name_of_torchs_is_compared():
    names = {known.name for known in engine.all_operations() if not known.name.startswith(NOT_TORCHS)}
    assert names == set(TORCH) | set(LEFT_OUT)


@pytest.mark.parametrize("name", TORCH)
def test_names_order_and_defaults_are_torchs(name: str):
    signature = inspect.signature(getattr(engine, name))
    positional = [p for p in signature.parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    written = [p.name if p.default is p.empty else f"{p.name}={p.default}" for p in positional]
    if name == "avg_pool1d":
        assert written.pop() == "divisor_override=None"
    assert ", ".join(written).replace("=none", "='none'") == TORCH[name].replace("'", "").replace(
        "=none", "='none'"
    )
    others = [p for p in signature.parameters.values() if p not in positional]
    assert all(p.kind is p.KEYWORD_ONLY and p.default is not p.empty for p in others)


def test_what_is_ours_alone_goes_by_name():
    extras = {
        known.name: {
            p.name: p.default
            for p in inspect.signature(known).parameters.values()
            if p.kind is p.KEYWORD_ONLY
        }
        for known in engine.all_operations()
    }
    assert extras["conv2d"] == {"padding_mode": "zeros", "flip": False, "divisor": None}
    assert extras["max_pool2d"] == {}
    assert extras["avg_pool2d"] == {"dilation": 1}


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


def known(name: str) -> Operation:
    return engine.operation(name)


every_name = pytest.mark.parametrize("name", [one.name for one in engine.all_operations()])


@every_name
def test_help_can_be_read(name: str):
    text = inspect.getdoc(known(name)) or ""
    assert text.startswith(f"{name}(input")
    for word in ("Shapes:", "Raises"):
        assert word in text, f"{name}'s help says nothing about {word}"
    assert "{" not in text.split(">>>")[0], "a word was not filled in"
    assert name in pydoc.render_doc(known(name))
    inspect.signature(type(known(name)))


@every_name
def test_help_starts_with_the_arguments_in_their_order(name: str):
    """As far as they are listed: a line that ends in dots has more."""
    text = " ".join((inspect.getdoc(known(name)) or "").split()).replace('"', "'")
    said = text[len(name) + 1 : text.index(").")]
    signature = inspect.signature(known(name)).parameters.values()
    expected = [p.name if p.default is p.empty else f"{p.name}={p.default!r}" for p in signature]
    places = [p.kind is p.KEYWORD_ONLY for p in signature]
    if True in places:
        expected.insert(places.index(True), "*")
    told = re.split(r", (?![^\[(]*[\])])", said)
    # Dots stand for any number of arguments, and after the star defaults may be left to the table.
    place = 0
    for number, one in enumerate(told):
        if one == "...":
            left = told[number + 1 :]
            place = expected.index(_match(left[0], expected)) if left else len(expected)
            continue
        assert place < len(expected), f"{one} is one too many"
        assert one in (expected[place], expected[place].split("=")[0] if "*" in told[:number] else one)
        assert one.split("=")[0] == expected[place].split("=")[0]
        place += 1
    assert place == len(expected)


def _match(told: str, expected: list[str]) -> str:
    return next(one for one in expected if one.split("=")[0] == told.split("=", maxsplit=1)[0])


@every_name
def test_examples_of_operations(name: str):
    """The examples of an operation's own text, filled in for its number of axes."""
    text = inspect.getdoc(known(name)) or ""
    examples = doctest.DocTestParser().get_doctest(text, {"np": np, "engine": engine}, name, None, 0)
    assert examples.examples, f"{name} has no example"
    runner = doctest.DocTestRunner(verbose=False)
    said: list[str] = []
    assert runner.run(examples, out=said.append).failed == 0, "".join(said)


def modules() -> list[str]:
    return ["engine", *(m.name for m in pkgutil.walk_packages(engine.__path__, "engine."))]


@pytest.mark.parametrize("name", modules())
def test_examples_in_docstrings(name: str):
    """But for those of operations, whose text is filled in before it is read."""
    module = importlib.import_module(name)
    classes = {type(one).__name__ for one in engine.all_operations()}
    runner, said = doctest.DocTestRunner(verbose=False), list[str]()
    for example in doctest.DocTestFinder().find(module, extraglobs={"np": np, "engine": engine}):
        if example.name.rsplit(".", 1)[-1] not in classes:
            assert runner.run(example, out=said.append).failed == 0, "".join(said)


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
import engine, engine.kernels, engine.analysis.report
from engine.limits import Limits
for operation in engine.all_operations():
    operation.describe(Limits())
print(engine.conv2d(np.ones((1, 4, 4)), engine.kernels.kernel("box-3").values, divisor=9).tolist())
from tests.engine.draws import PICTURES, drawings
for operation in engine.all_operations():
    drawn = next(drawings(operation, 1, PICTURES))
    output = drawn.call.run()
    drawn.call.backward(np.ones_like(output))
    if output.size:
        drawn.call.trace((0,) * output.ndim).data()
own = {{name.split(".")[0] for name in sys.modules}}
print(sorted(own & {blocked!r}))
"""


def test_importing_the_engine_loads_next_to_nothing():
    """What operations are made of comes with the first that is asked for, and so does NumPy."""
    code = (
        "import sys, engine; early = {'numpy', 'engine.declaration'} & {*sys.modules}; "
        "print(early, engine.relu.name)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert answer.stdout == "set() relu\n"


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
        "torch",
        "hypothesis",
        "pytest",
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
