"""Texts in two languages: parts are put in each in its own, and values are printed as people read them."""

from __future__ import annotations

import pytest

from engine.texts import Text, fill, printed

TEXT = Text("{name} must be {allowed}.", "{name}必须{allowed}。")


def test_a_part_stands_in_its_own_language():
    range_ = Text("from {min} to {max}", "在 {min} 到 {max} 之间")
    put = TEXT.put(allowed=range_)
    assert put == ("{name} must be from {min} to {max}.", "{name}必须在 {min} 到 {max} 之间。")
    assert put.put(name="stride").zh == "stride必须在 {min} 到 {max} 之间。"
    assert put.data() == {"en": put.en, "zh": put.zh}


def test_a_place_without_a_value_stays_and_a_value_is_no_place():
    assert fill("{a} {b} {a}", {"a": 1}) == "1 {b} 1"
    assert fill("{a} {b}", {"a": "{b}", "b": 2}) == "{b} 2"
    assert fill("{", {}) == "{"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (16_000_000, "16,000,000"),
        (-1234.5, "-1,234.5"),
        (1 / 3, "0.33333333"),
        (1e20, "1e+20"),
        (True, "True"),
        (None, "None"),
        ([], "[]"),
        ([3, 4], "[3, 4]"),
        ((1, 2), "[1, 2]"),
        (["zeros", "reflect"], "zeros, reflect"),
        ("核", "核"),
        ("a\nb\x1b[31m", r"a\nb\x1b[31m"),
    ],
)
def test_values_as_people_read_them(value: object, text: str):
    assert printed(value) == text
