"""What may be wished of one cell, one map or the weights of a layer, over HTTP and the WebSocket alike."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from server.networks.wishes import NetworkFields, PictureWish
from server.wire.wishes import StreamFields, Whole, Wish

LayerName = Annotated[str, Field(max_length=100)]
Cell = Annotated[
    list[Whole],
    Field(max_length=8, description="[map, row, column] of a layer of maps, [index] of a row of numbers"),
]


class CellWish(PictureWish):
    """Body of POST /api/networks/{name}/trace."""

    layer: LayerName
    cell: Cell


class ExplainWish(CellWish):
    """Body of POST /api/networks/{name}/explain."""

    format: Literal["json", "npy"] = "json"


class MapWish(PictureWish):
    """One map of a layer."""

    layer: LayerName
    map: Whole = Field(description="number of the map")


class WeightsWish(Wish):
    """Body of POST /api/networks/{name}/weights."""

    layer: LayerName
    format: Literal["json", "npy"] = "json"
    input: str | None = Field(
        None, max_length=80, description='of .npy, which array: "weight", "bias", ...; the first if left out'
    )


class StreamNetworkTrace(CellWish, NetworkFields):
    """How a cell of a layer came to be."""

    type: Literal["network_trace"]


class StreamExplain(CellWish, NetworkFields):
    """What a cell owes to every pixel, as frames."""

    type: Literal["explain"]
    dtype: Literal["uint8", "float32"] = "uint8"
    gradient: bool = Field(False, description="whether the gradient by each channel comes too")


class StreamNetworkParts(MapWish, NetworkFields):
    """What each map before gives to a map, as frames."""

    type: Literal["network_parts"]
    dtype: Literal["uint8", "float32"] = "uint8"


class StreamNetworkCurve(MapWish, NetworkFields):
    """The activation of a layer as a curve, over the numbers of a map."""

    type: Literal["network_curve"]


class StreamNetworkWeights(Wish, StreamFields):
    """The weights of a layer as pictures, as frames."""

    type: Literal["network_weights"]
    network: str = Field(max_length=80)
    layer: LayerName
    map: Whole | None = Field(
        None, description="the kernels of this map, one by one; of all maps if left out"
    )
    dtype: Literal["uint8", "float32"] = "uint8"
