"""Views of a network with this project's engine, in Python."""

from __future__ import annotations

from collections.abc import Sequence

from engine.declaration.recipe import lines
from engine.network.layer import Node
from server.code.literals import names_literal, text_literal
from server.networks.cell_wishes import CellWish


def loaded(name: str) -> str:
    """Return the lines that fetch and load the network called ``name``."""
    return (
        'for kind in ("json", "npz"):\n'
        f'    address = f"{{SERVER}}/api/networks/{name}/network.{{kind}}"\n'
        f'    urllib.request.urlretrieve(address, f"{name}.{{kind}}")\n'
        f'network = load("{name}")'
    )


def run(wanted: Sequence[str]) -> str:
    """Return the line that computes the layers ``wanted``, and those that they need, as ``a``."""
    return f"a = dict(forward(network, x, wanted={names_literal(wanted)}))"


def traced(nodes: Sequence[Node], wish: CellWish) -> str:
    """Return the lines that tell how a cell came to be, layer by layer of its unit."""
    names = [node.layer.name for node in nodes]
    return lines(
        "kept = activations(network, x)",
        f"for layer in {names_literal(names)}:",
        f"    trace = kept.trace(layer, {tuple(wish.cell)})",
        '    print(layer, trace.value, "terms", len(trace.values), "sum", trace.sum)',
    )


def explained(wish: CellWish) -> str:
    """Return the lines that tell what a cell owes to every pixel."""
    return lines(
        f"found = explain(network, x, {text_literal(wish.layer)}, {tuple(wish.cell)})",
        'print("value", found.value)',
        'print("total", found.total)',
        'print("rest", found.rest)',
        'np.save("contributions.npy", found.contributions)',
    )
