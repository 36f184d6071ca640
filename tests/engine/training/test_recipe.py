"""A recipe makes its optimiser, or says which there are."""

from __future__ import annotations

import json

import pytest

from engine.training.optimisers import Adam, Sgd
from tests.engine.training.runs import recipe, training


def test_an_unknown_optimiser_is_refused():
    with pytest.raises(ValueError, match="sgd, nesterov, adam or adamw"):
        training(optimiser="guess")


@pytest.mark.parametrize(
    ("optimiser", "kind", "said"),
    [
        ("sgd", Sgd, {"nesterov": False}),
        ("nesterov", Sgd, {"nesterov": True}),
        ("adam", Adam, {"decoupled": False}),
        ("adamw", Adam, {"decoupled": True}),
    ],
)
def test_the_optimiser_is_the_one_named(optimiser: str, kind: type, said: dict[str, bool]):
    found = recipe(optimiser=optimiser, weight_decay=0.25).make_optimiser()
    assert isinstance(found, kind)
    assert found.weight_decay == 0.25
    assert {name: getattr(found, name) for name in said} == said


def test_a_recipe_is_plain_data():
    data = recipe().data()
    assert json.loads(json.dumps(data)).keys() == data.keys()
    assert data["batch"] == 16
