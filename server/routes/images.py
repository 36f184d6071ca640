"""/api/images and /api/samples: pictures in, what is known of them and their levels out."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import Annotated, Literal

import anyio
import anyio.to_thread
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from engine.texts import Text
from server.errors import ERROR_RESPONSES, ApiError
from server.images.choice import DEFAULT_SIZE, MAX_EDITS, Choice, Crop, Edit
from server.images.library import ImageInfo, Library, SampleInfo
from server.images.picture import Levels
from server.images.pixels import to_npy, to_png
from server.pages.ready import Ready, ready_json
from server.settings import Settings
from server.wire.frames import level_frame
from server.wire.uploads import read_upload

# An uploaded picture's id stands for its content, so what was said of it stays true.
_FOREVER = "private, max-age=31536000, immutable"
_REVALIDATE = "no-cache"
_TYPES = {"png": "image/png", "npy": "application/octet-stream", "frame": "application/octet-stream"}
_PIXELS: dict[int | str, dict[str, object]] = {
    200: {"content": {kind: {} for kind in _TYPES.values()}, "description": "The levels, as `format` says."},
    304: {"description": "The caller's copy, told by If-None-Match, is still right."},
}
_CROP = re.compile(r"([0-9]{1,9}),([0-9]{1,9}),([0-9]{1,9}),([0-9]{1,9})")
_EDIT = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})")
_UPLOAD_SCHEMA = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "additionalProperties": False,
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "description": "a PNG, JPEG, WebP, GIF or BMP picture",
                        }
                    },
                }
            }
        },
    }
}


class Samples(TypedDict):
    """Reply of GET /api/samples."""

    samples: list[SampleInfo]


class PixelsQuery(BaseModel):
    """How the levels of a picture are wanted."""

    model_config = ConfigDict(extra="forbid")

    size: int = DEFAULT_SIZE
    color: Literal["rgb", "grey"] = "rgb"
    frame: int = Field(0, description="of an animation, or the variant of a synthetic picture")
    crop: str | None = Field(
        None,
        description="y,x,height,width in pixels of the picture, such as 0,0,200,300, before it is reduced",
    )
    edits: str = Field(
        "", description="row.column.level of each cell of the reduced picture that is set: 3.4.255;0.0.9"
    )
    format: Literal["png", "npy", "frame"] = "png"

    def choice(self) -> Choice:
        """Return what is wanted of the picture.

        Raises:
            ApiError: 422 ``invalid``: crop or edits are not as they are to be written.
        """
        return Choice(self.size, self.color, self.frame, _crop(self.crop), _edits(self.edits))


def images_router(library: Library, settings: Settings) -> APIRouter:
    """Return the routes that take in and give out the pictures of ``library``."""
    router = APIRouter(prefix="/api", tags=["images"], responses=ERROR_RESPONSES)
    # Decoding takes memory many times the file's size: only so many at once.
    decoding = anyio.CapacityLimiter(settings.compute_threads)

    @router.post("/images", status_code=201, openapi_extra=_UPLOAD_SCHEMA)
    async def upload(request: Request, response: Response) -> ImageInfo:
        """Take in a picture: EXIF orientation applied, metadata dropped, transparency on white."""
        data = await read_upload(request, settings.max_upload_bytes)
        info = await anyio.to_thread.run_sync(library.add, data, limiter=decoding)
        response.headers["Location"] = f"/api/images/{info['id']}"
        return info

    @router.get("/images/{image_id}")
    def image(image_id: str) -> ImageInfo:
        """Tell the size, channels and frames of a picture or sample."""
        return library.info(image_id)

    @router.get("/images/{image_id}/pixels", response_class=Response, responses=_PIXELS)
    def image_pixels(request: Request, image_id: str, query: Annotated[PixelsQuery, Query()]) -> Response:
        """Give a picture as an input: its `crop`, at most `size` cells long, rgb or grey, with `edits`."""
        levels = library.pixels(image_id, query.choice())
        tag = f'"{_digest(levels)}-{query.format}"'
        caching = _REVALIDATE if library.is_sample(image_id) else _FOREVER
        headers = {"ETag": tag, "Cache-Control": caching}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(_encode(levels, query.format), headers=headers, media_type=_TYPES[query.format])

    @cache
    def listed() -> Ready:
        return ready_json(Samples(samples=library.samples()))

    @router.get("/samples", response_model=Samples)
    def samples(request: Request) -> Response:
        """List the photos that come with the service, with their credits, then the synthetic pictures."""
        return listed().reply(request.headers)

    return router


_CROPPED = Text(
    "crop must be four whole numbers, y,x,height,width, such as 0,0,200,300.",
    "crop 须为四个整数 y,x,高,宽，如 0,0,200,300。",
)
_EDITED = Text(
    "edits must be row.column.level, parted by ';', such as 3.4.255;0.0.9.",
    "edits 须为 行.列.值，以“;”分隔，如 3.4.255;0.0.9。",
)


def _crop(text: str | None) -> Crop | None:
    if text is None:
        return None
    found = _CROP.fullmatch(text)
    if found is None:
        raise ApiError(422, "invalid", _CROPPED, "crop")
    return Crop(*map(int, found.groups()))


def _edits(text: str) -> tuple[Edit, ...]:
    parts = text.split(";") if text else []
    if len(parts) > MAX_EDITS:
        many = Text(
            "edits holds {asked} cells; {max} are allowed.", "edits 含 {asked} 格；最多允许 {max} 格。"
        )
        raise ApiError(422, "invalid", many, "edits", {"asked": len(parts), "max": MAX_EDITS})
    found: list[Edit] = []
    for part in parts:
        match = _EDIT.fullmatch(part)
        if match is None:
            raise ApiError(422, "invalid", _EDITED, "edits")
        found.append(Edit(*map(int, match.groups())))
    return tuple(found)


def _digest(levels: Levels) -> str:
    state = hashlib.sha256(repr(levels.shape).encode())
    state.update(levels.data)
    return state.hexdigest()[:24]


def _encode(levels: Levels, kind: str) -> bytes:
    if kind == "png":
        return to_png(levels)
    if kind == "npy":
        return to_npy(levels)
    return level_frame(levels, layer="input")
