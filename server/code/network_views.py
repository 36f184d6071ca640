"""What each view of a network shows, as the last lines of a script, after those that give ``x`` and ``a``."""

from __future__ import annotations

from collections.abc import Sequence

from engine.declaration.recipe import lines
from engine.network.layer import Node
from engine.recipes.windows import SPOTS
from server.code.literals import file_name, text_literal
from server.code.network_layers import NUMPY, TORCH, Layers
from server.networks.cell_wishes import CellWish
from server.networks.wishes import ActivationsWish, PredictWish
from server.networks.zoo import Shipped

_PRINTED = 100
"""Numbers that are printed; more are saved."""
STEP = 1e-6
"""By how much a pixel is moved to see the cell: small beside any level, large beside float64's rounding."""


def predicted(shipped: Shipped, wish: PredictWish, numpy: str = "") -> str:
    """Return the lines that name the likeliest classes; ``numpy`` makes an array of an activation."""
    logits, shares = map(text_literal, (shipped.about.logits, shipped.about.probabilities))
    return lines(
        f"logits, shares = a[{logits}]{numpy}, a[{shares}]{numpy}",
        f'about = json.load(urllib.request.urlopen(SERVER + "/api/networks/{shipped.name}"))',
        f'for index in np.argsort(-shares, kind="stable")[:{wish.top}].tolist():',
        '    print(index, shares[index], logits[index], about["classes"][index]["en"])',
    )


def activated(wish: ActivationsWish, count: int, numpy: str = "") -> str:
    """Return the lines that give what is wished for of a layer's activation, ``count`` numbers."""
    name = file_name(wish.layer)
    picked = f"[{wish.channels}]" if wish.channels is not None else ""
    if wish.region is not None:
        y, x, height, width = wish.region
        picked += f"[:, {y}:{y + height}, {x}:{x + width}]"
    return lines(
        f"maps = a[{text_literal(wish.layer)}]{numpy}{picked}",
        "print(maps.shape)",
        "print(maps)" if count <= _PRINTED else f'np.save("{name}", maps)  # all numbers, as a file',
    )


def traced(layers: Layers, nodes: Sequence[Node], wish: CellWish) -> str:
    """Return the lines that tell the terms of a cell, and what each of ``nodes``, its unit, makes of them."""
    cell = tuple(wish.cell)
    printed = [
        f"print({text_literal(node.layer.name)}, a[{text_literal(node.layer.name)}][cell].item())"
        for node in nodes
    ]
    if layers.language == TORCH:
        said = "# PyTorch keeps no terms; what they add up to, the lines with NumPy say."
        return lines(f"cell = {cell}", said, *printed)
    recipe, dims = layers.recipe(nodes[0]), nodes[0].operation.dims
    spots = f"k, {SPOTS[dims]} = " if dims is not None and len(cell) == dims + 1 else ""
    terms = f"np.array({recipe.terms})" if recipe.terms.startswith("[") else recipe.terms
    return lines(
        f"# The same layer once more, for what it adds up: {nodes[0].layer.name}",
        *layers.inputs(nodes[0]),
        recipe.numpy,
        f"cell = {spots}{cell}",
        f"terms = {terms}",
        'print("terms", terms.size)',
        f'print("sum", terms.{recipe.reduction}())',
        *printed,
    )


def explained(wish: CellWish, language: int, pixel: Sequence[int]) -> str:
    """Return the lines that give what a cell owes to all pixels; NumPy's, to the strongest, ``pixel``."""
    place = f"[{text_literal(wish.layer)}][{', '.join(map(str, wish.cell))}]"
    if language == NUMPY:
        return lines(
            f"value = run(x){place}",
            'print("value", value)',
            "# NumPy keeps no way back (PyTorch does). So the strongest pixel is moved a little, channel by",
            "# channel, and the cell is watched: by how much more it moves is the gradient there.",
            f"row, column = {tuple(pixel)}",
            "for channel in range(len(x)):",
            "    moved = x.copy()",
            f"    moved[channel, row, column] += {STEP}",
            f"    gradient = (run(moved){place} - value) / {STEP}",
            '    print("pixel", channel, row, column, gradient * x[channel, row, column])',
        )
    return lines(
        "x.requires_grad_()",
        f"value = run(x){place}",
        "value.backward()",
        "contributions = (x.grad * x).detach()  # gradient times input",
        'print("value", value.item())',
        'print("total", contributions.sum().item())',
        'print("rest", value.item() - contributions.sum().item())',
        'np.save("contributions.npy", contributions.numpy())',
    )
