"""The activation at the end of a unit as a curve, over the numbers of one of its maps."""

from __future__ import annotations

from engine.analysis.curve import CurveData, curve
from engine.declaration.layout import Layout
from engine.families.elementwise import Elementwise
from engine.texts import Text
from server.errors import ApiError, some
from server.networks.runs import Run


class NetworkCurve(CurveData):
    """The curve of ``layer``, and the map ``of`` it whose numbers are counted."""

    layer: str
    of: int


def network_curve(run: Run, layer: str, number: int) -> NetworkCurve:
    """Return the curve of the activation of the unit that ``layer`` belongs to, for map ``number``.

    Raises:
        UnknownName: there is no such layer.
        ApiError: 422 ``no_network_curve``: the unit has no activation.
        ShapeError: there is no such map.
    """
    shipped = run.shipped
    shipped.network.node(layer)
    name = _activation(run, layer)
    if name is None:
        names = [unit.head for unit in shipped.units if _activation(run, unit.head) is not None]
        raise ApiError(
            422,
            "no_network_curve",
            Text(
                "No activation follows the layer {name}; one follows {some}.",
                "层 {name} 之后没有激活函数；有的是：{some}。",
            ).put(some=some(names)),
            "layer",
            {"name": layer, "names": names},
        )
    Layout(shipped.network.shape(name)).check_map(number, "map")
    kept = run.until(name)
    call = kept.calls[name]
    maps = {0: kept[name].reshape(call.layout.maps)}
    return {"layer": name, "of": number, **curve(call, number, maps).data()}


def _activation(run: Run, layer: str) -> str | None:
    """Return the last layer of the unit that is one function of every cell."""
    network = run.shipped.network
    for name in reversed(run.shipped.unit_of[layer].layers):
        node = network.node(name)
        if isinstance(node.operation, Elementwise) and node.operation.has_curve(
            network.planned[name].settled
        ):
            return name
    return None
