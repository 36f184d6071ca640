"""The registry finds operations by looking, and takes one more while a context lasts."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import numpy as np
import pytest

import engine
import engine.operations
from engine.declaration.operation import Operation
from engine.errors import UnknownName
from engine.operations.max_pool import MaxPooling
from engine.registry import all_operations, operation, registered


def test_one_idea_per_file():
    """A file states its operations, in as many dimensions as there are; none stands elsewhere."""
    [folder] = engine.operations.__path__
    files = {path.stem for path in Path(folder).glob("*.py")} - {"__init__"}
    assert files == {module.name for module in pkgutil.iter_modules([folder])}
    seen: set[str] = set()
    for name in sorted(files):
        module = importlib.import_module(f"engine.operations.{name}")
        own = [thing for thing in vars(module).values() if isinstance(thing, Operation)]
        assert own, f"{name} states no operation"
        assert {type(thing).__module__ for thing in own} == {module.__name__}
        for thing in own:
            assert thing is operation(thing.name) is getattr(module, thing.name)
        seen |= {thing.name for thing in own}
    assert seen == {known.name for known in all_operations()}


def test_families_stand_together_in_order_and_pictures_come_first():
    places = [known.family.place for known in all_operations()]
    assert places == sorted(places)
    names = [known.name for known in all_operations()]
    assert names.index("conv2d") < names.index("conv1d") < names.index("conv3d")
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and name.islower() for name in names)


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


def another() -> MaxPooling:
    """One more operation, as its own file would state it."""
    extra = MaxPooling(2)
    extra.name = "another_pool"
    return extra


def test_one_more_operation_while_the_context_lasts():
    before = [known.name for known in all_operations()]
    with registered(another()) as extra:
        assert operation("another_pool") is extra
        assert sorted(known.name for known in all_operations()) == sorted([*before, "another_pool"])
        assert engine.another_pool(np.ones((1, 4, 4)), 2).shape == (1, 2, 2)
        assert "another_pool" in dir(engine)
    with pytest.raises(UnknownName):
        operation("another_pool")
    assert [known.name for known in all_operations()] == before


def test_it_leaves_again_when_the_context_fails():
    def fail() -> None:
        with registered(another()):
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with pytest.raises(UnknownName):
        operation("another_pool")


def test_what_it_stood_in_for_comes_back():
    original = operation("max_pool2d")
    with registered(MaxPooling(2)) as substitute:
        assert operation("max_pool2d") is substitute
    assert operation("max_pool2d") is original
