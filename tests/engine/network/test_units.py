"""Layers with the normalisation and activation that only they feed."""

from __future__ import annotations

import pytest

from engine.architectures.efficientnet_lite import efficientnet_lite0
from engine.architectures.fashion_cnn import fashion_cnn
from engine.architectures.squeezenet import squeezenet
from engine.network import Layer, Network
from engine.network.units import units
from tests.engine.network.nets import NORM, conv, pool, relu


def groups(layers: list[Layer], output: str | None = None) -> list[tuple[str, ...]]:
    return [unit.layers for unit in units(Network(layers, (2, 8, 8), output=output))]


def norm(name: str, source: str | None = None) -> Layer:
    return Layer("batch_norm", {}, name, source, weights=NORM)


def test_a_chain_is_one_unit():
    found = units(Network([conv("a", 4, 3), norm("b"), relu("c"), pool("d", 2)], (2, 8, 8)))
    assert [unit.layers for unit in found] == [("a", "b", "c"), ("d",)]
    assert [(unit.head, unit.last) for unit in found] == [("a", "c"), ("d", "d")]


def test_what_two_layers_read_ends_a_unit():
    assert groups([conv("a", 4, 3), relu("b", "a"), Layer("add", {}, "c", {"input": "a", "other": "b"})]) == [
        ("a",),
        ("b",),
        ("c",),
    ]
    assert groups([conv("a", 4, 3), relu("b", "a"), relu("c", "b"), pool("d", 2, feed="b")])[0] == ("a", "b")


def test_what_reads_the_picture_or_another_output_begins_a_unit():
    assert groups([relu("a"), norm("b")]) == [("a", "b")]
    assert groups([pool("a", 2), relu("b", "a:indices")]) == [("a",), ("b",)]


def test_the_networks_output_ends_a_unit():
    assert groups([conv("a", 4, 3), relu("b")], output="a") == [("a",), ("b",)]


def test_what_mixes_cells_is_a_unit_of_its_own():
    assert groups([conv("a", 4, 3), Layer("softmax", {}, "b"), Layer("flatten", {}, "c")]) == [
        ("a",),
        ("b",),
        ("c",),
    ]


@pytest.mark.parametrize("build", [squeezenet, efficientnet_lite0, fashion_cnn])
def test_every_layer_of_a_network_that_ships_is_in_exactly_one(build):
    network = build()
    found = units(network)
    together = [layer for unit in found for layer in unit.layers]
    assert sorted(together) == sorted(network.planned)
    order = list(network.planned)
    assert [order.index(unit.head) for unit in found] == sorted(order.index(unit.head) for unit in found)
    assert all(unit.head == unit.layers[0] for unit in found)


def test_squeezenets_and_efficientnets_units():
    found = {unit.head: unit.layers for unit in units(squeezenet())}
    assert len(found) == 40
    assert found["fire2/expand3x3"] == ("fire2/expand3x3", "fire2/expand3x3/relu")
    assert found["fire2/concat"] == ("fire2/concat",)
    found = {unit.head: unit.layers for unit in units(efficientnet_lite0())}
    assert len(found) == 62
    assert found["block2.2/project"] == ("block2.2/project", "block2.2/project/norm")
    assert found["head"] == ("head", "head/norm", "head/relu6")
