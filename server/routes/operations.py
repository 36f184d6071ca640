"""What there is: operations, kernels, and the sizes of a call."""

from __future__ import annotations

from functools import lru_cache

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from engine.declaration.operation import Operation
from engine.kernels import kernels
from engine.registry import all_operations
from server.calls.calls import Calls
from server.pages.ready import Ready, ready_json
from server.pool import Pool
from server.wire.strict_json import JsonObject, json_body
from server.wire.wishes import ShapeWish, body_schema, read

EXAMPLE: dict[str, object] = {
    "operation": "conv2d",
    "input_shape": [3, 32, 32],
    "params": {"kernel_size": 5, "out_channels": 6},
}


def router(calls: Calls, pool: Pool, max_values: int) -> APIRouter:
    """Return the routes /operations, /kernels and /shape."""
    routes = APIRouter(tags=["operations"])
    body = Depends(json_body(max_values))

    @lru_cache(maxsize=1)
    def described(operations: tuple[Operation, ...]) -> Ready:
        return ready_json({"operations": [each.describe(calls.limits) for each in operations]})

    @lru_cache(maxsize=1)
    def named_kernels() -> Ready:
        return ready_json({"kernels": [kernel.data() for kernel in kernels().values()]})

    @routes.get("/operations", response_class=JSONResponse)
    def list_operations(request: Request) -> Response:
        """List every operation: family, texts, inputs, outputs and parameters.

        `dims` is the number of axes that it slides along (1 signals, 2 pictures, 3 volumes), null
        where the input may have any number of axes. `elementwise` ones may follow any call as its
        `activation` and have a curve; of those with `parts` a run can give each input channel's part.
        One that `spreads` lays each input cell down on a window of outputs, where others gather; the
        outputs of one that `shares` add up to 1. `short` is what pictures of networks call it.
        """
        return described(tuple(all_operations())).reply(request.headers)

    @routes.get("/kernels", response_class=JSONResponse)
    def list_kernels(request: Request) -> Response:
        """List the named kernels: whole numbers with a divisor."""
        return named_kernels().reply(request.headers)

    @routes.post("/shape", openapi_extra=body_schema(ShapeWish, EXAMPLE), response_class=JSONResponse)
    async def shape(data: JsonObject = body) -> Response:
        """Say what comes out, by which formula, and what each parameter may be now.

        `input_shape` has as many axes as the operation takes; `input_shapes` are those of further
        inputs by name, where they are known.
        """
        wish = read(ShapeWish, data)
        return Response(await pool.run(calls.shape, wish), media_type="application/json")

    return routes
