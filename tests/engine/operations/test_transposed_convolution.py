"""What is particular to the transposed convolution: sizes, overlap, output padding, the adjoint."""

from __future__ import annotations

import inspect
import itertools

import numpy as np
import pytest

import engine
from engine.errors import ParameterError, ShapeError
from engine.formula import Expression
from engine.kernels import kernels
from engine.windows.axis import OUTSIDE
from engine.windows.transposed import TransposedAxis
from engine.windows.window import WindowAxis

RNG = np.random.default_rng(300)
PHOTO = RNG.integers(0, 256, (3, 6, 5)).astype(np.uint8)


def test_two_by_two_with_three_by_three_gives_four_by_four():
    """The worked example; each input cell puts the kernel down, and overlaps add up."""
    output = engine.conv_transpose2d(np.array([[[1, 2], [3, 4]]]), np.ones((3, 3), int))
    assert output.tolist() == [[[1, 3, 3, 2], [4, 10, 10, 6], [4, 10, 10, 6], [3, 7, 7, 4]]]


def test_with_a_stride_as_large_as_the_kernel_nothing_overlaps():
    kernel = np.array([[1, 2], [3, 4]])
    picture = RNG.integers(-9, 10, (1, 3, 2))
    np.testing.assert_array_equal(
        engine.conv_transpose2d(picture, kernel, stride=2)[0], np.kron(picture[0], kernel)
    )


def test_the_order_of_arguments_is_torchs():
    names = [
        p.name
        for p in inspect.signature(engine.conv_transpose2d).parameters.values()
        if p.kind is p.POSITIONAL_OR_KEYWORD
    ]
    order = ["input", "weight", "bias", "stride", "padding", "output_padding", "groups", "dilation"]
    assert names == order


AXES = [
    TransposedAxis("height", n, k, s, d, before, after, more)
    for n, k, s, d in itertools.product((1, 2, 5), (1, 2, 3), (1, 2, 4), (1, 3))
    for before, after, more in ((0, 0, 0), (1, 0, 0), (0, 2, 1), (1, 1, 3))
    if more < max(s, d) and s * (n - 1) + d * (k - 1) + 1 + more > before + after
]


@pytest.mark.parametrize("axis", AXES, ids=str)
def test_the_index_table_is_the_windows_read_backwards(axis: TransposedAxis):
    """Input i reaches output y through kernel entry j exactly where i s + j d - before = y."""
    expected = np.full((axis.output, axis.kernel), OUTSIDE)
    for i, j in itertools.product(range(axis.size), range(axis.kernel)):
        y = i * axis.stride + j * axis.dilation - axis.before
        if 0 <= y < axis.output:
            expected[y, j] = i
    np.testing.assert_array_equal(axis.index, expected)
    assert axis.law.value == axis.output == axis.formula.value
    assert isinstance(axis.law, Expression)
    assert axis.window.output == axis.size
    assert axis.window.size == axis.output
    spans = [max(row) - min(c for c in row if c >= 0) + 1 for row in expected.tolist() if max(row) >= 0]
    assert axis.extent == max(spans, default=0)


def test_the_law_as_a_line():
    axis = TransposedAxis("width", 2, 3)
    assert axis.text == "1 * (2 - 1) + 1 * (3 - 1) + 1 - 0 - 0 + 0 = 4"
    symbols = "s * (n - 1) + d * (k - 1) + 1 - p_before - p_after + p_output"
    assert axis.law.symbols == symbols


def test_it_undoes_the_size_that_a_convolution_made():
    """Sizes that a stride makes alike are told apart by output_padding."""
    for size, stride, dilation in itertools.product(range(5, 12), (1, 2, 3), (1, 2)):
        window = WindowAxis("height", size, 3, stride, dilation, 1, 1)
        back = TransposedAxis("height", window.output, 3, stride, dilation, 1, 1)
        more = size - back.output
        assert 0 <= more < stride
        assert TransposedAxis("height", window.output, 3, stride, dilation, 1, 1, more).output == size


@pytest.mark.parametrize("dims", [1, 2, 3])
@pytest.mark.parametrize("groups", [1, 2])
def test_it_is_the_adjoint_of_the_convolution(dims: int, groups: int):
    """<conv x, y> = <x, conv_transpose y>; and its output is conv's gradient by the input."""
    convolution, transposed = engine.operation(f"conv{dims}d"), engine.operation(f"conv_transpose{dims}d")
    weight = RNG.normal(size=(4, 6 // groups, *[3] * dims))
    settings = {"stride": 2, "padding": [1, 2] * dims, "dilation": 2, "groups": groups}
    x = RNG.normal(size=(2, 6, *[9] * dims))
    call = convolution.call(x, weight, **settings)
    y = RNG.normal(size=call.layout.output)
    shape = [s * (n - 1) + 5 - 3 for s, n in zip([2] * dims, y.shape[2:], strict=True)]
    back = transposed(y, weight, output_padding=[9 - n for n in shape], **settings)
    assert back.shape == x.shape
    np.testing.assert_allclose(back, call.backward(y)["input"], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose((call.run() * y).sum(), (x * back).sum(), rtol=1e-12)


def test_output_padding_adds_cells_that_hold_the_bias():
    plain = engine.conv_transpose2d(PHOTO, np.ones((3, 2, 2, 2)), 7, 3)
    more = engine.conv_transpose2d(PHOTO, np.ones((3, 2, 2, 2)), 7, 3, 0, [2, 1])
    assert more.shape == (2, plain.shape[1] + 2, plain.shape[2] + 1)
    np.testing.assert_array_equal(more[:, :-2, :-1], plain)
    assert (more[:, -2:] == 7).all()
    assert (more[:, :, -1] == 7).all()


def test_output_padding_uncovers_what_padding_cut():
    whole = engine.conv_transpose2d(PHOTO, np.ones((3, 3)), stride=2)
    cut = engine.conv_transpose2d(PHOTO, np.ones((3, 3)), stride=2, padding=1, output_padding=1)
    np.testing.assert_array_equal(cut, whole[:, 1:, 1:])


def test_output_padding_may_exceed_the_stride_where_dilation_allows():
    axis = TransposedAxis("height", 3, 2, 1, 4, 0, 0, 3)
    assert axis.output == 10
    output = engine.conv_transpose1d(np.ones((1, 3)), np.ones(2), dilation=4, output_padding=3)
    assert output.tolist() == [[1, 1, 1, 0, 1, 1, 1, 0, 0, 0]]


@pytest.mark.parametrize("groups", [1, 3])
def test_named_kernels_repeat_over_the_channels(groups: int):
    """Groups 1 sums the channels to one map; groups C gives one map for each."""
    kernel = kernels()["gauss-3"]
    output = engine.conv_transpose2d(PHOTO, kernel.values, stride=2, groups=groups, divisor=kernel.divisor)
    each = [
        engine.conv_transpose2d(PHOTO[c : c + 1].astype(np.int64), kernel.values, stride=2)[0]
        for c in range(3)
    ]
    np.testing.assert_array_equal(output, np.array([sum(each)] if groups == 1 else each) / 16)
    several = engine.conv_transpose2d(
        PHOTO, np.stack([kernel.values, 2 * kernel.values]), stride=2, groups=groups, divisor=16
    )
    np.testing.assert_array_equal(several[::2], output)
    np.testing.assert_array_equal(several[1::2], 2 * output)


def test_whole_numbers_stay_exact():
    big = np.full((1, 2, 2), 2**28 + 1)
    output = engine.conv_transpose2d(big, np.array([[3, 1], [1, 3]]))
    assert output.dtype == np.float64
    assert output[0, 1, 1] == 8 * (2**28 + 1)
    assert engine.conv_transpose2d(PHOTO, np.ones((3, 3))).dtype == np.float64
    assert engine.conv_transpose2d(PHOTO, np.ones((3, 3), np.float32)).dtype == np.float32


def test_maps_do_not_depend_on_who_asks():
    call = engine.conv_transpose2d.call(
        RNG.normal(size=(4, 300, 300)).astype(np.float32),
        RNG.normal(size=(4, 3, 3, 3)).astype(np.float32),
        stride=2,
        groups=2,
    )
    every = np.concatenate([maps for _, maps in call.maps()])
    for number in range(6):
        [(_, one)] = call.maps([number])
        assert one.tobytes() == every[number : number + 1].tobytes()
    np.testing.assert_allclose(every, call.run(), rtol=1e-4, atol=1e-5)


def test_a_trace_of_a_cell_that_nothing_reaches():
    """A stride beyond the kernel leaves cells between: all terms are outside, and the bias is left."""
    call = engine.conv_transpose2d.call(PHOTO, np.ones((3, 1, 2, 2)), [5], 3)
    trace = call.trace((0, 2, 2))
    assert (trace.sources == OUTSIDE).all()
    assert trace.sum == 0
    assert trace.value == 5


def test_a_trace_reads_the_table():
    weight = RNG.integers(-9, 10, (3, 2, 3, 3))
    call = engine.conv_transpose2d.call(PHOTO, weight, stride=2, padding=1)
    rows, columns = call.layout.axes
    for cell in np.ndindex(*call.layout.output):
        trace = call.trace(cell)
        assert trace.sum == trace.value
        assert trace.weights is not None
        for (c, y, x), (k, i, j), w in zip(trace.sources, trace.positions, trace.weights, strict=True):
            assert w == weight[k, cell[0], i, j]
            inside = rows.index[cell[1], i] != OUTSIDE and columns.index[cell[2], j] != OUTSIDE
            read = (k, rows.index[cell[1], i], columns.index[cell[2], j]) if inside else (OUTSIDE,) * 3
            assert (c, y, x) == read


def test_cost():
    """Every input cell times every kernel entry and map."""
    layout = engine.conv_transpose2d.call(np.zeros((4, 5, 5)), np.zeros((4, 8, 3, 3)), np.zeros(8)).layout
    assert layout.parameters == 4 * 8 * 9 + 8
    assert layout.macs == 4 * 25 * 8 * 9
    assert layout.additions == 8 * 7 * 7


@pytest.mark.parametrize(
    ("code", "field", "settings"),
    [
        ("output_padding", "output_padding", {"stride": 2, "output_padding": 2}),
        ("padding_exceeds_output", "padding", {"padding": [4, 4, 0, 0]}),
        ("groups", "groups", {"groups": 2}),
    ],
)
def test_what_does_not_fit_is_refused(code: str, field: str, settings: dict):
    with pytest.raises(ShapeError) as caught:
        engine.conv_transpose2d.call(PHOTO, np.ones((3, 2, 3, 3)), **settings)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_words_that_make_no_sense_are_refused():
    for word in ("same", "full", "causal"):
        with pytest.raises(ParameterError, match="valid"):
            engine.conv_transpose1d(np.ones((1, 3)), np.ones(3), padding=word)
    assert engine.conv_transpose1d(np.ones((1, 3)), np.ones(3), padding="valid").shape == (1, 5)


def test_weights_for_other_channels_are_refused():
    with pytest.raises(ShapeError) as caught:
        engine.conv_transpose2d(PHOTO, np.ones((2, 2, 3, 3)))
    assert caught.value.code == "weight_channels"


def test_shapes_alone():
    plan = engine.conv_transpose2d.plan({"input": (3, 4, 4)}, {"kernel_size": 3, "stride": 2})
    assert plan[2].output == (1, 9, 9)
    settings = {"kernel_size": [2, 3], "out_channels": 6, "groups": 3}
    assert engine.conv_transpose2d.plan({"input": (3, 4, 4)}, settings)[2].output == (6, 5, 6)
    with pytest.raises(ParameterError, match="kernel_size"):
        engine.conv_transpose2d.plan({"input": (3, 4, 4)}, {})
