"""Single cells of the trained networks: how they came to be, what they owe to each pixel; and the weights."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import FileResponse, JSONResponse, Response

from engine.texts import Text
from server.calls.answer_size import check_count
from server.errors import ApiError
from server.networks.cell_wishes import CellWish, ExplainWish, WeightsWish
from server.networks.context import Networks
from server.networks.explaining import explained
from server.networks.layer_weights import layer_weights
from server.networks.tracing import network_trace
from server.pool import Pool
from server.wire.array_replies import json_reply, npy_reply
from server.wire.json_text import array_pieces, json_text
from server.wire.strict_json import JsonObject, json_body
from server.wire.wishes import NetworkName, body_schema, read

TRACE: dict[str, object] = {"image": "coffee", "layer": "conv1/relu", "cell": [5, 40, 60]}
EXPLAIN: dict[str, object] = {"image": "coffee", "layer": "pool10", "cell": [967, 0, 0], "format": "npy"}
WEIGHTS: dict[str, object] = {"layer": "conv1", "format": "npy"}
_VECTORS = ("vectors", "unit")
"""What is told of weights over the stream, where the arrays themselves are not sent."""
_TYPES = {"json": "application/json", "npz": "application/octet-stream"}


def router(networks: Networks, pool: Pool, max_values: int) -> APIRouter:
    """Return the routes /networks/{name}/trace, explain, weights and network.json, network.npz."""
    routes = APIRouter(prefix="/networks", tags=["networks"])
    body = Depends(json_body(max_values))

    @routes.post("/{name}/trace", openapi_extra=body_schema(CellWish, TRACE), response_class=JSONResponse)
    async def trace(name: NetworkName, data: JsonObject = body) -> Response:
        """Say how one cell of a layer came to be, and where in the picture it can look.

        A convolution, the normalisation and the activation that it alone feeds are one unit: each of its
        layers up to the one asked for is a step, with a trace as `/api/trace` gives it. The inputs that
        terms are `of` are those that the step's `sources` name the layers of, and their `input` is a cell
        there: ask for that next, until the source is `input`, the picture as the network is given it.
        `field` is the receptive field along each axis, from `first` to `last` cell, padding included, and
        the part of it `inside` the picture, null if there is none.
        """
        wish = read(CellWish, data)

        def answer() -> bytes:
            run = networks.run(name, wish)
            return json_text(network_trace(run, wish.layer, tuple(wish.cell), networks.max_terms))

        return Response(await pool.run(answer), media_type="application/json")

    @routes.post("/{name}/explain", openapi_extra=body_schema(ExplainWish, EXPLAIN), response_class=Response)
    async def explain(name: NetworkName, data: JsonObject = body) -> Response:
        """Say what one cell of a layer owes to every pixel: gradient times input.

        `contributions` (channels, height, width) add up to `total`; with `rest`, which no pixel accounts
        for, that is the cell's `value`. `reach` is [y, x, height, width] of the part of the input that it can
        depend on, `top` are the pixels that give most. As .npy there are the contributions alone.
        """
        wish = read(ExplainWish, data)
        return await pool.run(lambda: _explain(networks, name, wish))

    @routes.post("/{name}/weights", openapi_extra=body_schema(WeightsWish, WEIGHTS), response_class=Response)
    async def weights(name: NetworkName, data: JsonObject = body) -> Response:
        """Give the arrays that a layer holds, by the name of the input that they feed.

        In JSON all of them, under `arrays`, with their shapes and what is found in them; as .npy the one
        that `input` names, or the first.
        """
        wish = read(WeightsWish, data)
        return await pool.run(lambda: _weights(networks, name, wish))

    @routes.get("/{name}/network.{kind}", response_class=FileResponse)
    async def file(name: NetworkName, kind: str) -> Response:
        """Give a network's graph, `network.json`, or its weights, `network.npz`, as a file.

        Arrays are called layer/input, as in conv1/weight; `engine.network.load` reads both together.
        """
        if kind not in _TYPES:
            raise ApiError(
                404,
                "not_found",
                Text("Of a network there are network.{kinds}.", "一个网络有 network.{kinds}。"),
                "kind",
                {"names": list(_TYPES), "kinds": " and network.".join(_TYPES)},
            )
        path = await pool.run(lambda: networks.zoo.file(name, f"network.{kind}"))
        return FileResponse(path, media_type=_TYPES[kind], filename=f"{name}.{kind}")

    return routes


def _explain(networks: Networks, name: str, wish: ExplainWish) -> Response:
    run = networks.run(name, wish)
    check_count(run.prepared.values.size, wish, networks.max_numbers, maps=False)
    found = explained(run, wish.layer, tuple(wish.cell))
    if wish.format == "npy":
        return npy_reply(found.found.contributions)
    return json_reply(found.told, "contributions", found.found.contributions)


def _weights(networks: Networks, name: str, wish: WeightsWish) -> Response:
    held = layer_weights(networks.zoo.get(name, "name"), wish.layer)
    chosen = next(iter(held.arrays)) if wish.input is None else wish.input
    if chosen not in held.arrays:
        names = list(held.arrays)
        raise ApiError(
            422,
            "unknown_weights",
            Text(
                "The layer {layer} holds no weights called '{name}'; it holds {names}.",
                "层 {layer} 没有名为 {name} 的权重；它有：{names}。",
            ),
            "input",
            {"layer": wish.layer, "name": chosen[:40], "names": names},
        )
    if wish.format == "npy":
        return npy_reply(held.arrays[chosen])
    check_count(sum(array.size for array in held.arrays.values()), wish, networks.max_numbers, maps=False)
    told = {name: value for name, value in held.told.items() if name not in _VECTORS}
    pieces: list[bytes] = []
    for at, array in held.arrays.items():
        pieces += [b"," if pieces else b"{", json_text(at), b":", *array_pieces(array)]
    content = b"".join([json_text(told)[:-1], b',"arrays":', *pieces, b"}}"])
    return Response(content, media_type="application/json")
