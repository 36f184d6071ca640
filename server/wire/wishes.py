"""What a caller may wish for, over HTTP and over the WebSocket alike.

The shapes of requests stand here once; what the numbers in them may be, the
operation's own declaration says.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar, cast

from fastapi import Path
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from server.errors import Json
from server.images.choice import MAX_EDITS

Whole = Annotated[int, Field(ge=0, lt=2**31)]
Sizes = Annotated[list[Whole], Field(max_length=5)]
Three = Annotated[list[Whole], Field(min_length=3, max_length=3)]
NetworkName = Annotated[str, Path(description="name of a network", examples=["squeezenet-1.1"])]
"""A place in the path of a request."""
M = TypeVar("M", bound=BaseModel)


class Wish(BaseModel):
    """Base: unknown keys are refused, and nothing is converted on the quiet."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Source(Wish):
    """Where an input comes from: a stored picture, ``values`` as nested lists, or a ``seed``."""

    image: str | None = Field(None, max_length=80, description="id of a picture or sample")
    size: Annotated[int, Field(ge=1)] | None = Field(None, description="long side in cells; 320 if left out")
    color: Literal["rgb", "grey"] = "rgb"
    frame: Whole = Field(0, description="of an animation, or the variant of a synthetic picture")
    crop: list[Whole] | None = Field(
        None,
        min_length=4,
        max_length=4,
        description="[y, x, height, width] in pixels of the picture, before it is reduced; "
        "a synthetic picture has as many as its size says",
    )
    edits: list[Three] | None = Field(
        None,
        max_length=MAX_EDITS,
        description="[y, x, level] of each cell of the reduced picture that is set, in every channel, "
        "to a level from 0 to 255; of two for one cell the later holds",
    )
    row: Whole | None = Field(
        None,
        description="which row of the picture, for an operation on signals; the middle one if left out",
    )
    values: object = Field(None, description="nested lists of numbers, channels first")
    seed: Whole | None = Field(
        None,
        description="for any input but the first: drawn numbers of the shape that the others call for, "
        "the same for the same seed",
    )


class ShapeWish(Wish):
    """Body of POST /api/shape."""

    operation: str = Field(max_length=80)
    input_shape: Sizes = Field(
        description="[channels, height, width], or as many axes as the operation takes"
    )
    input_shapes: dict[str, Sizes] = Field(
        default_factory=dict, description="shapes of the further inputs by name, where they are known"
    )
    params: dict[str, object] = Field(default_factory=dict)


class CallWish(Wish):
    """An operation on inputs; ``input``, ``weights`` and ``bias`` are shorthands into ``inputs``."""

    operation: str = Field(max_length=80)
    params: dict[str, object] = Field(default_factory=dict)
    input: Source | None = None
    inputs: dict[str, Source] = Field(default_factory=dict)
    weights: object = Field(
        None,
        description="nested lists, or {values, divisor}; for kernels of two dimensions also a kernel's name, "
        "or a list of names and 2-D lists",
    )
    bias: object = Field(None, description="one number, one per kernel, or one per map")
    activation: str | None = Field(
        None, max_length=80, description="an elementwise activation that the first output passes through"
    )


class MapsWish(CallWish):
    """A call of which some maps, or a part of each, are wanted."""

    channels: list[Whole] | None = Field(
        None,
        min_length=1,
        max_length=4096,
        description="maps wanted; the output is then seen as maps (k, height, width), whatever its rank",
    )
    region: list[Whole] | None = Field(
        None, min_length=4, max_length=4, description="[y, x, height, width] of each map"
    )
    parts: Whole | None = Field(
        None,
        description="what each input channel gives to this map, before the bias and any activation, instead "
        "of the maps; for operations marked so",
    )


class RunWish(MapsWish):
    """Body of POST /api/run."""

    format: Literal["json", "csv", "npy", "png"] = "json"
    output: str | None = Field(
        None, max_length=80, description="name of the one output wanted; all of them in JSON, else the first"
    )


class TraceWish(CallWish):
    """Body of POST /api/trace."""

    cell: list[Whole] = Field(
        max_length=8, description="[map, row, column], or as many numbers as the first output has axes"
    )


class CurveWish(CallWish):
    """Body of POST /api/curve."""

    channel: Whole = Field(0, description="the map whose numbers are counted; the first one if left out")


class ComparedCall(CallWish):
    """One of two calls, and which of its maps is compared."""

    channel: Whole = Field(0, description="the map compared; the first one if left out")


class CompareWish(Wish):
    """Body of POST /api/compare: ``b`` is compared with ``a``."""

    a: ComparedCall
    b: ComparedCall


class InputWish(CallWish):
    """Body of POST /api/inputs."""

    name: str = Field(max_length=80, description="name of the input wanted")


class CodeWish(Wish):
    """Body of POST /api/code."""

    view: Literal[  # in one: a union would tell of each half by itself
        "run",
        "trace",
        "shape",
        "parts",
        "curve",
        "compare",
        "predict",
        "activations",
        "network_trace",
        "explain",
    ] = Field(description="what is shown; the last four are views of a network")
    call: dict[str, object] = Field(
        description="the body of the request for it; of a network, its name beside it, as `network`"
    )


class StreamFields(BaseModel):
    """What every message of the WebSocket carries beside its wish."""

    id: Annotated[int, Field(ge=0, lt=2**53)]
    slot: str = Field("main", min_length=1, max_length=40)


class StreamRun(MapsWish, StreamFields):
    """A run whose maps are streamed as frames."""

    type: Literal["run"]
    dtype: Literal["uint8", "float32"] = "uint8"


class StreamTrace(TraceWish, StreamFields):
    """A trace over the WebSocket."""

    type: Literal["trace"]


class StreamCurve(CurveWish, StreamFields):
    """A curve over the WebSocket."""

    type: Literal["curve"]


class StreamCompare(CompareWish, StreamFields):
    """A comparison whose maps, and their difference, are streamed as frames."""

    type: Literal["compare"]
    dtype: Literal["uint8", "float32"] = "uint8"


class StreamCancel(Wish, StreamFields):
    """Forget what the slot holds."""

    type: Literal["cancel"]


def read(kind: type[M], data: dict[str, Json]) -> M:
    """Return ``data`` as a wish of this kind.

    Raises:
        RequestValidationError: naming the field and what is allowed.
    """
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_url=False, include_input=False)) from None


def body_schema(kind: type[BaseModel], example: dict[str, object]) -> dict[str, object]:
    """Return what OpenAPI is told of a body that is read strictly, outside FastAPI's own way."""
    schema = cast("dict[str, Json]", kind.model_json_schema())
    definitions = cast("dict[str, Json]", schema.pop("$defs", {}))
    content = {"application/json": {"schema": _inlined(schema, definitions), "example": example}}
    return {"requestBody": {"required": True, "content": content}}


def _inlined(schema: Json, definitions: dict[str, Json]) -> Json:
    """Put each definition where it is referred to: a schema on its own has no shared part."""
    if isinstance(schema, list):
        return [_inlined(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    reference = schema.get("$ref")
    if isinstance(reference, str):
        return _inlined(definitions[reference.rsplit("/", 1)[-1]], definitions)
    return {name: _inlined(item, definitions) for name, item in schema.items()}
