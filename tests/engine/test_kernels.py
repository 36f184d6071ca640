"""Named kernels: what the literature prints, and what each is said to be for."""

from __future__ import annotations

import json

import numpy as np
import pytest

import engine
from engine.errors import UnknownName
from engine.kernels import kernel, kernels

NAMES = [
    "identity",
    "box-3",
    "box-5",
    "gauss-3",
    "gauss-5",
    "sharpen",
    "unsharp",
    "emboss",
    "sobel-x",
    "sobel-y",
    "prewitt-x",
    "prewitt-y",
    "scharr-x",
    "laplacian-4",
    "laplacian-8",
    "outline",
    "log-5",
    "motion-blur",
    "line-horizontal",
    "line-vertical",
    "line-diagonal",
    "corner-top-left",
    "corner-top-right",
    "corner-bottom-left",
    "corner-bottom-right",
    "textbook",
]

# What a flat picture of ones becomes: kept by blurs and sharpening, nothing by what looks for change.
KEPT = {"identity", "box-3", "box-5", "gauss-3", "gauss-5", "sharpen", "unsharp", "motion-blur", "emboss"}


def test_all_kernels_the_issue_names():
    assert list(kernels()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_whole_numbers_with_a_divisor_and_texts(name: str):
    found = kernel(name)
    assert found.name == name
    assert found.values.dtype == np.int64
    assert found.values.ndim == 2
    assert all(size % 2 == 1 and size <= 31 for size in found.values.shape)
    assert found.divisor >= 1
    described = json.loads(json.dumps(found.data()))
    assert set(described) == {"name", "values", "divisor", "texts"}
    assert described["values"] == found.values.tolist()
    for text in described["texts"].values():
        assert set(text) == {"en", "zh"}
        assert all(text.values())
    assert described["texts"]["summary"]["en"].endswith(".")
    assert described["texts"]["summary"]["zh"].endswith("。")


@pytest.mark.parametrize("name", NAMES)
def test_a_flat_picture(name: str):
    found = kernel(name)
    flat = np.full((1, 12, 12), 200, np.uint8)
    output = engine.conv2d(flat, found.values, divisor=found.divisor)
    if name == "textbook":
        assert np.all(output == 1000)
    elif name in KEPT:
        assert np.all(output == 200)
    else:
        assert np.all(output == 0)


def test_the_numbers_of_the_literature():
    assert kernel("sobel-x").values.tolist() == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    assert kernel("textbook").values.tolist() == [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
    assert kernel("scharr-x").values.tolist() == [[-3, 0, 3], [-10, 0, 10], [-3, 0, 3]]
    assert kernel("gauss-5").values.tolist() == np.outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1]).tolist()
    assert (kernel("gauss-3").divisor, kernel("gauss-5").divisor, kernel("box-5").divisor) == (16, 256, 25)


def test_relations_between_kernels():
    values = {name: kernel(name).values for name in NAMES}
    np.testing.assert_array_equal(values["sobel-y"], values["sobel-x"].T)
    np.testing.assert_array_equal(values["prewitt-y"], values["prewitt-x"].T)
    np.testing.assert_array_equal(values["line-vertical"], values["line-horizontal"].T)
    np.testing.assert_array_equal(values["outline"], -values["laplacian-8"])
    np.testing.assert_array_equal(values["sharpen"], 1 * values["identity"] - values["laplacian-4"])
    np.testing.assert_array_equal(values["unsharp"], 512 * np.pad([[1]], 2) - values["gauss-5"])
    np.testing.assert_array_equal(values["corner-top-right"], values["corner-top-left"][:, ::-1])
    np.testing.assert_array_equal(values["corner-bottom-left"], values["corner-top-left"][::-1])
    np.testing.assert_array_equal(values["corner-bottom-right"], values["corner-top-left"][::-1, ::-1])


@pytest.mark.parametrize(("name", "bright"), [("sobel-x", "right"), ("sobel-y", "bottom")])
def test_edges_answer_in_the_direction_the_line_says(name: str, bright: str):
    """Right minus left: a picture that is brighter at the right answers with positive numbers."""
    picture = np.zeros((1, 6, 6), np.uint8)
    picture[..., :, 3:] = 100
    if bright == "bottom":
        picture = picture.transpose(0, 2, 1)
    assert engine.conv2d(picture, kernel(name).values).max() == 400
    assert engine.conv2d(picture, kernel(name).values).min() == 0


def test_corners_answer_where_the_line_says():
    picture = np.zeros((1, 9, 9), np.uint8)
    picture[:, 4:, 4:] = 1  # a bright patch whose top left corner is cell 4, 4
    answers = {
        name: engine.conv2d(picture, kernel(name).values)[0, 3, 3] for name in NAMES if "corner" in name
    }
    assert max(answers, key=answers.__getitem__) == "corner-top-left"


def test_an_unknown_kernel_is_refused_with_those_there_are():
    with pytest.raises(UnknownName, match="sobel-x") as caught:
        kernel("sobel" + "z" * 5000)
    assert (caught.value.code, caught.value.field) == ("unknown_kernel", "weights")
    assert len(str(caught.value)) < 2000
