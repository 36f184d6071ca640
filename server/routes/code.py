"""The same in code, and the inputs that a script cannot make by itself."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, Response

from server.calls.calls import Calls
from server.code.given import input_of
from server.code.scripts import Writer
from server.images.pixels import to_npy
from server.networks.context import Networks
from server.pool import Pool
from server.wire.json_text import json_text
from server.wire.strict_json import JsonObject, json_body
from server.wire.wishes import CodeWish, InputWish, body_schema, read

_PHOTO: dict[str, object] = {"image": "coffee", "size": 64, "color": "grey"}
CODE: dict[str, object] = {
    "view": "run",
    "call": {"operation": "conv2d", "input": _PHOTO, "weights": "sobel-x", "params": {"padding": 1}},
}
INPUT: dict[str, object] = {
    "operation": "conv2d",
    "input": _PHOTO,
    "inputs": {"weight": {"seed": 1}},
    "params": {"out_channels": 4, "kernel_size": 5},
    "name": "weight",
}


def router(calls: Calls, networks: Networks, pool: Pool, max_values: int) -> APIRouter:
    """Return the routes /code and /inputs."""
    routes = APIRouter(tags=["code"])
    body = Depends(json_body(max_values))

    @routes.post("/code", openapi_extra=body_schema(CodeWish, CODE), response_class=JSONResponse)
    async def code(request: Request, data: JsonObject = body) -> Response:
        """Write the request of a view as code: `curl`, `python` (this engine), `numpy` and `torch` (alone).

        `call` is the body of the view's own request. Each text is complete, and gives the numbers of
        the view; the Python ones fetch pictures, and large drawn inputs, from this service. A call that
        holds more than 30,000 numbers is refused.
        """
        wish = read(CodeWish, data)
        writer, call = Writer(calls, networks, str(request.base_url)), cast("JsonObject", wish.call)
        found = await pool.run(lambda: json_text(writer.scripts(wish.view, call)))
        return Response(found, media_type="application/json")

    @routes.post("/inputs", openapi_extra=body_schema(InputWish, INPUT), response_class=Response)
    async def inputs(data: JsonObject = body) -> Response:
        """Give the input called `name` of a call as .npy: as it is computed with, drawn or not."""
        wish = read(InputWish, data)
        content = await pool.run(lambda: to_npy(input_of(calls, wish)))
        return Response(content, media_type="application/octet-stream")

    return routes
