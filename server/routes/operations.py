"""What there is: operations, kernels, and the sizes of a call."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse, Response

from engine.kernels import kernels
from engine.registry import all_operations
from server.calls import Calls
from server.pool import Pool
from server.strict_json import JsonObject, json_body
from server.wishes import ShapeWish, body_schema, read

EXAMPLE: dict[str, object] = {
    "operation": "conv2d",
    "input_shape": [3, 32, 32],
    "params": {"kernel_size": 5, "out_channels": 6},
}


def router(calls: Calls, pool: Pool, max_values: int) -> APIRouter:
    """Return the routes /operations, /kernels and /shape."""
    routes = APIRouter(tags=["operations"])
    body = Depends(json_body(max_values))

    @routes.get("/operations")
    def list_operations() -> JSONResponse:
        """List every operation: family, texts, inputs, outputs and parameters.

        `dims` is the number of axes that it slides along (1 signals, 2 pictures, 3 volumes), null
        where the input may have any number of axes.
        """
        listed = [operation.describe(calls.limits) for operation in all_operations()]
        return JSONResponse({"operations": listed})

    @routes.get("/kernels")
    def list_kernels() -> JSONResponse:
        """List the named kernels: whole numbers with a divisor."""
        return JSONResponse({"kernels": [kernel.data() for kernel in kernels().values()]})

    @routes.post("/shape", openapi_extra=body_schema(ShapeWish, EXAMPLE), response_class=JSONResponse)
    async def shape(data: JsonObject = body) -> Response:
        """Say what comes out, by which formula, and what each parameter may be now.

        `input_shape` has as many axes as the operation takes; `input_shapes` are those of further
        inputs by name, where they are known.
        """
        wish = read(ShapeWish, data)
        return Response(await pool.run(calls.shape, wish), media_type="application/json")

    return routes
