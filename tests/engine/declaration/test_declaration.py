"""What operations say of themselves: the inputs they take, and a description in two languages."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from engine.declaration.operation import Operation
from engine.errors import ParameterError
from engine.limits import Limits
from engine.registry import all_operations
from tests.engine.draws import PICTURES, drawings

everyone = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)


@everyone
def test_what_is_missing_or_unknown_is_named(operation: Operation):
    drawn = next(drawings(operation, 1, PICTURES))
    for declared in operation.inputs:
        without = {name: value for name, value in drawn.inputs.items() if name != declared.name}
        if declared.required:
            with pytest.raises(ParameterError) as caught:
                operation.bind(without, drawn.params)
            assert (caught.value.code, caught.value.field) == ("missing_input", declared.name)
    with pytest.raises(ParameterError, match="nothing else") as caught:
        operation.bind({**drawn.inputs, "colour": 1}, drawn.params)
    assert caught.value.code == "unknown_input"
    for parameter in operation.parameters:
        if parameter.required:
            others = {name: value for name, value in drawn.params.items() if name != parameter.name}
            for params in (others, {**others, parameter.name: None}):
                with pytest.raises(ParameterError) as caught:
                    operation.bind(drawn.inputs, params)
                assert caught.value.field == parameter.name
    with pytest.raises(ParameterError, match="colour") as caught:
        operation.bind(drawn.inputs, {**drawn.params, "colour": 1})
    assert (caught.value.code, caught.value.field) == ("unknown_parameter", "colour")


@everyone
def test_the_description_is_json_in_two_languages(operation: Operation):
    described = json.loads(json.dumps(operation.describe(Limits()), allow_nan=False))
    texts = list(_texts(described))
    assert len(texts) >= 2 + len(operation.inputs) + 2 * len(operation.parameters)
    for text in texts:
        assert set(text) == {"en", "zh"}
        assert all(words.strip() == words != "" for words in text.values())
        assert not text["zh"].isascii(), "Chinese without a Chinese character"
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in text["en"]), "Chinese in the English"
    assert described["name"] == operation.name
    keys = {"name", "kind", "axes", "default", "min", "max", "step", "choices"} | {
        "unit",
        "label",
        "help",
        "follows",
    }
    for parameter in described["params"]:
        assert keys <= set(parameter)
        assert parameter["kind"] in ("integer", "padding", "choice", "flag", "number", "sizes")


def _texts(part: object) -> Iterator[dict[str, str]]:
    if isinstance(part, dict):
        if {"en", "zh"} & set(part):
            yield part
        for inner in part.values():
            yield from _texts(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _texts(inner)
