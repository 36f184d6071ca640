"""Compare what two calls give."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse, Response

from server.calls.calls import Calls
from server.calls.compare import compared
from server.pool import Pool
from server.wire.strict_json import JsonObject, json_body
from server.wire.wishes import CompareWish, body_schema, read

_PHOTO: dict[str, object] = {"image": "coffee", "size": 32, "color": "grey"}
COMPARE: dict[str, object] = {
    "a": {"operation": "conv2d", "input": _PHOTO, "weights": "box-3", "params": {"padding": 1}, "channel": 0},
    "b": {
        "operation": "conv2d",
        "input": _PHOTO,
        "weights": "gauss-3",
        "params": {"padding": 1},
        "channel": 0,
    },
}


def router(calls: Calls, pool: Pool, max_values: int) -> APIRouter:
    """Return the route /compare."""
    routes = APIRouter(tags=["run"])
    body = Depends(json_body(max_values))

    @routes.post("/compare", openapi_extra=body_schema(CompareWish, COMPARE), response_class=JSONResponse)
    async def compare(data: JsonObject = body) -> Response:
        """Compare one map of each of two calls, whatever the calls are.

        Maps of one shape are `comparable`: `difference` is `b` minus `a`, cell by cell, exact for whole
        numbers, else in float64; `largest` the difference of the greatest magnitude, with its sign, and
        `at` where it stands, [y, x]; `mean` that of the magnitudes; `equal` the number of cells that hold
        the same. Where a cell is not finite the difference is null, and counted in `undefined` alone. Of
        maps of different `shapes` all this is null.
        """
        wish = read(CompareWish, data)
        return Response(await pool.run(compared, calls, wish), media_type="application/json")

    return routes
