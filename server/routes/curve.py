"""Draw an activation as a curve, over the numbers that it is given."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse, Response

from engine.analysis.activated import activations
from server.calls.calls import Calls
from server.pool import Pool
from server.wire.json_text import json_text
from server.wire.strict_json import JsonObject, json_body
from server.wire.wishes import CurveWish, body_schema, read

CURVE: dict[str, object] = {
    "operation": "conv2d",
    "input": {"image": "coffee", "size": 64, "color": "grey"},
    "weights": "sobel-x",
    "activation": next(iter(activations())),
    "channel": 0,
}


def router(calls: Calls, pool: Pool, max_values: int) -> APIRouter:
    """Return the route /curve."""
    routes = APIRouter(tags=["run"])
    body = Depends(json_body(max_values))

    @routes.post("/curve", openapi_extra=body_schema(CurveWish, CURVE), response_class=JSONResponse)
    async def curve(data: JsonObject = body) -> Response:
        """Give the curve of an elementwise operation, or of the activation after any other.

        `y` and `slope` are the function and its derivative at the points `x`, which span the numbers of
        the map, and some of both sides of 0. `before` and `after` count the numbers of that map before
        and after it: `counts` of those between neighbouring `edges`, `zeros`, and the cells that are
        `not_finite`, which count nowhere else.
        """
        wish = read(CurveWish, data)
        content = await pool.run(lambda: json_text(calls.curve(wish)))
        return Response(content, media_type="application/json")

    return routes
