"""Run an operation, or trace one cell of it."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse, Response

from server.calls.calls import Calls
from server.pool import Pool
from server.wire.answers import ANSWERS
from server.wire.json_text import json_text
from server.wire.strict_json import JsonObject, json_body
from server.wire.wishes import RunWish, TraceWish, body_schema, read

RUN: dict[str, object] = {
    "operation": "conv2d",
    "input": {"values": [[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]},
    "weights": "sobel-x",
    "params": {"padding": 1},
}
TRACE: dict[str, object] = {
    "operation": "conv2d",
    "input": {"image": "coffee", "size": 64},
    "weights": "box-3",
    "bias": 0.5,
    "cell": [0, 20, 30],
}


def router(calls: Calls, pool: Pool, max_values: int) -> APIRouter:
    """Return the routes /run and /trace."""
    routes = APIRouter(tags=["run"])
    body = Depends(json_body(max_values))

    @routes.post("/run", openapi_extra=body_schema(RunWish, RUN), response_class=Response)
    async def run(data: JsonObject = body) -> Response:
        """Compute the outputs.

        In JSON every output by name, and the first one's shape and values by themselves too; as .npy
        the first one, or the one that `output` names; as a grey PNG its maps below one another; as CSV
        the rows of its maps, an empty line between two maps. An output has its own shape unless
        `channels` or `region` pick maps (k, height, width) of it. What is not finite is null in JSON
        and nan, inf or -inf in CSV; both hold `max_json_values` numbers at most. `inputs` by name may
        be pictures, values, or drawn by a `seed`.

        The first output passes through an `activation`, if one is named. With `parts` the answer is
        what each input channel gives to that map, (n, height, width), before bias and activation; in
        JSON also their `sum` and the `bias` in it, under `outputs`.
        """
        wish = read(RunWish, data)
        media_type, encode = ANSWERS[wish.format]
        content = await pool.run(lambda: encode(wish.operation, calls.run(wish)))
        return Response(content, media_type=media_type)

    @routes.post("/trace", openapi_extra=body_schema(TraceWish, TRACE), response_class=JSONResponse)
    async def trace(data: JsonObject = body) -> Response:
        """Say how one cell of the first output came to be.

        Each of `terms` is an input cell (`of` names the input), times its weight; `each` is a function
        applied to them before they are summed, and `steps` are done to the sum, one after another. An
        `activation` is the last of them; `before` is the number that it was given, if it is the first.
        """
        wish = read(TraceWish, data)
        content = await pool.run(lambda: json_text(calls.trace(wish)))
        return Response(content, media_type="application/json")

    return routes
