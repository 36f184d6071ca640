"""One class declares an operation for every number of axes: its words and parameters follow."""

from __future__ import annotations

import pytest

from engine.limits import UNLIMITED
from engine.registry import operation


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
