"""Refusals that several operations share: the same in both languages, with a value for every place."""

from __future__ import annotations

import pytest

from engine import refusals
from engine.errors import ConvscopeError, ParameterError, ShapeError, UnknownName
from engine.texts import Text
from tests.refusals import check_texts

KIND = Text("kernel", "卷积核")
SAY = Text("the weights say", "权重表明是")
UNLESS = Text(" (or size)", "（或大小）")
EACH = {
    "unknown": (refusals.unknown("unknown_kernel", KIND, "box", ["box-3"], "weights"), "weights"),
    "unknown of many": (refusals.unknown("unknown", KIND, "x", list("abcde"), "layer", shown=2), "layer"),
    "missing": (refusals.missing_input("conv2d", "weight"), "weight"),
    "missing unless": (
        refusals.missing_input("conv2d", "weight", Text(" (or size)", "（或大小）")),
        "weight",
    ),
    "other inputs": (refusals.unknown_input("relu", ["input"]), "inputs"),
    "batch": (refusals.one_picture((2, 3, 4, 5)), "input"),
    "map": (refusals.no_map(6, 6, "channels"), "channels"),
    "cell": (refusals.no_cell((1,), ("map", "row", "column"), (6, 4, 4), Text("the output", "输出")), "cell"),
    "axis": (refusals.no_axis("dim", "dim", 4, (2, 3), -2), "dim"),
    "no axes": (refusals.no_axis("dim", "dim", 0, (), 0, "input"), "input"),
    "gradient": (refusals.other_gradient((2,), (3,)), "gradient"),
    "weights": (refusals.other_weights((3,), "(kh, kw)"), "weight"),
    "contradiction": (
        refusals.contradiction("groups", 2, 3, Text("the weights say", "权重表明是")),
        "groups",
    ),
    "empty": (refusals.empty_axis("height", 0), "input"),
}


@pytest.mark.parametrize("name", EACH)
def test_each_names_its_field_and_fills_its_places_in_both_languages(name: str):
    error, field = EACH[name]
    assert isinstance(error, ConvscopeError)
    assert error.field == field
    assert "{" not in error.message
    told = {"code": error.code, "message": error.message, "field": field, "values": error.values}
    check_texts(
        told | {"text": error.text.data()} | ({"advice": error.advice.data()} if error.advice else {})
    )


def test_of_many_names_some_are_shown_and_a_long_one_is_cut():
    error = refusals.unknown("unknown", KIND, "x" * 1000, list("abcde"), "layer", shown=2)
    assert error.message == f"There is no kernel called '{'x' * 40}'; there are a, b and 3 more."
    assert (error.values["names"], error.values["more"]) == (["a", "b"], 3)
    few = refusals.unknown("unknown", KIND, "x", ["a", "b"], "layer", shown=2)
    assert few.message == "There is no kernel called 'x'; there are a, b."


def test_the_kind_of_error_says_what_was_wrong():
    kinds = {name: type(error) for name, (error, _) in EACH.items()}
    assert kinds["unknown"] is UnknownName
    assert kinds["missing"] is kinds["contradiction"] is ParameterError
    assert kinds["batch"] is kinds["axis"] is kinds["weights"] is ShapeError


def test_an_input_without_axes_is_told_so():
    assert EACH["axis"][0].message == "dim is 4; an input of the shape [2, 3] has the axes -2 to 1."
    assert EACH["no axes"][0].message == "dim is 0; an input without axes has none to choose."
