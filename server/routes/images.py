"""/api/images and /api/samples: pictures in, what is known of them and their levels out."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

import anyio
import anyio.to_thread
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict
from typing_extensions import TypedDict

from server.errors import ERROR_RESPONSES
from server.frames import encode_frame
from server.images.library import ImageInfo, Library, SampleInfo
from server.images.picture import Levels
from server.images.pixels import DEFAULT_SIZE, to_npy, to_png
from server.settings import Settings
from server.uploads import read_upload

# An uploaded picture's id stands for its content, so what was said of it stays true.
_FOREVER = "private, max-age=31536000, immutable"
_REVALIDATE = "no-cache"
_TYPES = {"png": "image/png", "npy": "application/octet-stream", "frame": "application/octet-stream"}
_PIXELS: dict[int | str, dict[str, object]] = {
    200: {"content": {kind: {} for kind in _TYPES.values()}, "description": "The levels, as `format` says."},
    304: {"description": "The caller's copy, told by If-None-Match, is still right."},
}
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
    frame: int = 0
    format: Literal["png", "npy", "frame"] = "png"


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
        """Give a picture as an input: its long side `size` cells at most, rgb or grey."""
        levels = library.pixels(image_id, query.size, query.color, query.frame)
        tag = f'"{hashlib.sha256(levels.data).hexdigest()[:24]}-{query.format}"'
        caching = _REVALIDATE if library.is_sample(image_id) else _FOREVER
        headers = {"ETag": tag, "Cache-Control": caching}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(_encode(levels, query.format), headers=headers, media_type=_TYPES[query.format])

    @router.get("/samples")
    def samples() -> Samples:
        """List the photos that come with the service, with their credits."""
        return {"samples": library.samples()}

    return router


def _encode(levels: Levels, kind: str) -> bytes:
    if kind == "png":
        return to_png(levels)
    if kind == "npy":
        return to_npy(levels)
    count, height, width = levels.shape
    header = {
        "layer": "input",
        "channels": list(range(count)),
        "height": height,
        "width": width,
        "dtype": "uint8",
        "min": [0] * count,
        "max": [255] * count,
    }
    return encode_frame(header, levels.data)
