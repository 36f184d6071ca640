"""What operations along axes share: windows and what they read, and words that follow the number of axes."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import ShapeError
from engine.families.windowed import SpatialOperation, batched, read_cells, signal_shape, window_sources
from engine.limits import UNLIMITED
from engine.registry import operation
from engine.windows.axis import OUTSIDE
from engine.windows.window import WindowAxis


@pytest.mark.parametrize("dims", [1, 2, 3])
def test_one_signal_or_a_batch_and_nothing_else(dims: int):
    sizes = (4, 5, 6)[:dims]
    for shape in ((3, *sizes), (2, 3, *sizes)):
        assert signal_shape({"input": shape}, dims) == shape
    for shape in (sizes, (1, 2, 3, *sizes), (0, *sizes), (3, *sizes[1:], 0), (2, 3, *sizes[1:], 0)):
        with pytest.raises(ShapeError, match="at least one channel and one cell") as caught:
            signal_shape({"input": shape}, dims)
        assert (caught.value.code, caught.value.field) == ("input_rank", "input")


def test_batches_and_runs_of_channels():
    array = np.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5)
    assert batched(array) is array
    np.testing.assert_array_equal(batched(array[1]), array[1:])
    for name, wanted, expected in (
        ("max_pool2d", range(1, 3), array[:, 1:3]),
        ("max_pool3d", range(1, 2), array[1:2]),
    ):
        pooling = operation(name)
        assert isinstance(pooling, SpatialOperation)
        call = pooling.bind({"input": array}, {"kernel_size": 1})
        np.testing.assert_array_equal(pooling.channels_of(call, wanted), expected)


def test_a_cell_reads_its_window_through_the_padding():
    axes = (
        WindowAxis("height", 4, 3, 2, 1, before=1, after=1),
        WindowAxis("width", 5, 2, 1, 3, before=2, after=0),
    )
    array = np.random.default_rng(1).integers(1, 100, (4, 4, 5))
    padded = np.pad(array, [(0, 0), (1, 1), (2, 0)], constant_values=-7)
    for row, column in np.ndindex(axes[0].output, axes[1].output):
        sources, positions = window_sources(axes, (0, row, column), range(1, 3))
        window = padded[1:3, row * 2 : row * 2 + 3, column : column + 4 : 3]
        read = read_cells(array, sources, -7)
        assert [window[tuple(place)] for place in positions] == read.tolist()
        outside = (sources == OUTSIDE).any(axis=1)
        assert (sources[outside] == OUTSIDE).all(), "half a place is none"
        assert outside.tolist() == (read == -7).tolist()


def test_whole_numbers_become_floats_only_beside_what_is_no_number():
    array, sources = np.array([[1, 2]]), np.array([[0, 1], [OUTSIDE, OUTSIDE]])
    assert read_cells(array, sources, 0).dtype == array.dtype
    assert read_cells(array, sources, -np.inf).tolist() == [2, -np.inf]
    assert read_cells(array, sources[:1], -np.inf).dtype == array.dtype


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("avg_pool1d", "Average pooling, 1-D", "一维平均池化"),
        ("avg_pool2d", "Average pooling", "平均池化"),
        ("avg_pool3d", "Average pooling, 3-D", "三维平均池化"),
        ("conv1d", "1-D convolution", "一维卷积"),
        ("conv2d", "2-D convolution", "二维卷积"),
        ("conv3d", "3-D convolution", "三维卷积"),
        ("pad", "Padding", "填充"),
    ],
)
def test_titles_say_the_number_of_axes(name: str, english: str, chinese: str):
    assert operation(name).title == (english, chinese)


@pytest.mark.parametrize(("name", "axes"), [("conv1d", 1), ("max_pool2d", 2), ("conv_transpose3d", 3)])
def test_parameters_go_across_the_axes(name: str, axes: int):
    parameters = {each.name: each.describe(UNLIMITED) for each in operation(name).parameters}
    found = [parameters[each]["axes"] for each in ("kernel_size", "stride", "padding", "dilation")]
    assert found == [axes] * 4


def test_only_what_is_padded_may_be_padded_causally():
    """And only in time: what is cut off again knows no such word."""

    def words(name: str) -> list[object]:
        [padding] = [each for each in operation(name).parameters if each.name == "padding"]
        return list(padding.alternatives())

    assert "causal" in words("conv1d")
    assert "causal" not in words("conv2d")
    assert words("max_unpool1d") == []
    assert words("conv_transpose1d") == ["valid"]
