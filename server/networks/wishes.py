"""What may be wished of a network, over HTTP and over the WebSocket alike."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from server.wire.wishes import StreamFields, Whole, Wish


class PictureWish(Wish):
    """A picture that a network is to look at."""

    image: str = Field(max_length=80, description="id of a picture or sample")
    frame: Whole = Field(default=0, description="of an animation, or the variant of a synthetic picture")
    crop: list[Whole] | None = Field(
        default=None,
        min_length=4,
        max_length=4,
        description="[y, x, height, width] in pixels of the picture; the network sees the largest square in "
        "its middle",
    )
    invert: bool = Field(default=False, description="light for dark, before anything is subtracted")


class PredictWish(PictureWish):
    """Body of POST /api/networks/{name}/predict."""

    top: Annotated[int, Field(ge=1, le=1000)] = Field(5, description="classes wanted, the likeliest first")


class ActivationsWish(PictureWish):
    """Body of POST /api/networks/{name}/activations."""

    layer: str = Field(max_length=100)
    channels: list[Whole] | None = Field(
        None, min_length=1, max_length=4096, description="maps wanted, or numbers of a vector"
    )
    region: list[Whole] | None = Field(
        None, min_length=4, max_length=4, description="[y, x, height, width] of each map"
    )
    format: Literal["json", "npy"] = "json"


class PreparedWish(PictureWish):
    """Body of POST /api/networks/{name}/input."""

    format: Literal["json", "npy"] = "json"


class NetworkFields(StreamFields):
    """What every message about a network carries beside its wish."""

    network: str = Field(max_length=80)


class StreamActivations(PictureWish, NetworkFields):
    """All layers of a network as they are computed, their strongest maps small, some maps in full."""

    type: Literal["activations"]
    layers: list[Annotated[str, Field(max_length=100)]] = Field(default_factory=list[str], max_length=8)
    strongest: Annotated[int, Field(ge=1, le=64)] = 8
    thumb: Annotated[int, Field(ge=8, le=128)] = 48
    top: Annotated[int, Field(ge=1, le=1000)] = 5
    dtype: Literal["uint8", "float32"] = "uint8"


class StreamNetworkMaps(PictureWish, NetworkFields):
    """All maps of one layer."""

    type: Literal["network_maps"]
    layer: str = Field(max_length=100)
    dtype: Literal["uint8", "float32"] = "uint8"


class StreamNetworkInput(PictureWish, NetworkFields):
    """The picture as the network is given it, step by step."""

    type: Literal["network_input"]
