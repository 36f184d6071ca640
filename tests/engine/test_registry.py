"""The registry finds operations by looking, and takes one more while a context lasts."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import numpy as np
import pytest

import engine
import engine.operations
from engine.errors import UnknownName
from engine.operation import Operation
from engine.operations.max_pool2d import MaxPool2d
from engine.registry import all_operations, operation, registered


def test_one_operation_per_file_named_after_it():
    [folder] = engine.operations.__path__
    files = {path.stem for path in Path(folder).glob("*.py")} - {"__init__"}
    assert files == {known.name for known in all_operations()}
    for module in pkgutil.iter_modules([folder]):
        found = vars(importlib.import_module(f"engine.operations.{module.name}"))
        own = {id(thing) for thing in found.values() if isinstance(thing, Operation)}
        assert own == {id(operation(module.name))}


def test_the_first_operation_is_the_convolution():
    assert all_operations()[0].name == "conv2d"


def test_the_list_is_a_copy():
    all_operations().clear()
    assert all_operations()


@pytest.mark.parametrize("name", ["conv9d", "", "x" * 10_000, "__class__", "Conv2d"])
def test_an_unknown_name_is_refused_with_those_there_are(name: str):
    with pytest.raises(UnknownName, match="conv2d") as caught:
        operation(name)
    assert (caught.value.code, caught.value.field) == ("unknown_operation", "operation")
    assert set(caught.value.values["names"]) == {known.name for known in all_operations()}  # type: ignore[arg-type]
    assert len(str(caught.value)) < 2000


class Another(MaxPool2d):
    """One more operation, as its own file would state it."""

    name = "another_pool"


def test_one_more_operation_while_the_context_lasts():
    before = [known.name for known in all_operations()]
    with registered(Another()) as extra:
        assert operation("another_pool") is extra
        assert sorted(known.name for known in all_operations()) == sorted([*before, "another_pool"])
        assert engine.another_pool(np.ones((1, 4, 4)), 2).shape == (1, 2, 2)
        assert "another_pool" in dir(engine)
    with pytest.raises(UnknownName):
        operation("another_pool")
    assert [known.name for known in all_operations()] == before


def test_it_leaves_again_when_the_context_fails():
    def fail() -> None:
        with registered(Another()):
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with pytest.raises(UnknownName):
        operation("another_pool")


def test_what_it_stood_in_for_comes_back():
    original = operation("max_pool2d")
    with registered(MaxPool2d()) as substitute:
        assert operation("max_pool2d") is substitute
    assert operation("max_pool2d") is original
