"""The trained networks: what there is, what they are given, what their layers make of it, what they say."""

from __future__ import annotations

from functools import lru_cache

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.calls.answer_size import check_count
from server.networks.activations import activation, channels
from server.networks.context import Networks
from server.networks.listing import described, listed
from server.networks.predict import predict
from server.networks.wishes import ActivationsWish, PredictWish, PreparedWish
from server.networks.zoo import Shipped
from server.pages.ready import Ready, ready_json
from server.pool import Pool
from server.wire.array_replies import json_reply, npy_reply
from server.wire.json_text import json_text
from server.wire.strict_json import JsonObject, json_body
from server.wire.wishes import NetworkName, body_schema, read

PREDICT: dict[str, object] = {"image": "coffee", "top": 3}
ACTIVATIONS: dict[str, object] = {"image": "coffee", "layer": "conv1/relu", "channels": [0, 5]}
INPUT: dict[str, object] = {"image": "coffee", "crop": [0, 100, 300, 300], "format": "npy"}


def router(networks: Networks, pool: Pool, max_values: int) -> APIRouter:
    """Return the routes under /networks."""
    routes = APIRouter(prefix="/networks", tags=["networks"])
    body = Depends(json_body(max_values))

    @lru_cache(maxsize=32)
    def whole(shipped: Shipped) -> Ready:
        return ready_json(described(shipped))

    @routes.get("", response_class=JSONResponse)
    async def list_networks() -> Response:
        """List the trained networks that ship: what they are, what they are fed, what they cost.

        One whose files are missing or damaged is listed with `available` false, and why as `problem`.
        """
        content = await pool.run(lambda: json_text({"networks": listed(networks.zoo)}))
        return Response(content, media_type="application/json")

    @routes.get("/{name}", response_class=JSONResponse)
    async def network(request: Request, name: NetworkName) -> Response:
        """Describe a network: what its input is made of, its classes, and its layers in the order they run.

        Of each layer its operation with parameters, what feeds it (`input` is the picture), the shapes of
        its weights, its output's shape, its cost, and the receptive field along each axis (`jump` is null
        where it is all of the picture). A layer and the normalisation and activation that it alone feeds
        have the same `unit`; units of one `module` stand together. `memory` tells the bytes of the
        weights, of all activations `kept` for one picture, and of those `live` at once.
        """
        ready = await pool.run(lambda: whole(networks.zoo.get(name)))
        return ready.reply(request.headers)

    @routes.post(
        "/{name}/predict", openapi_extra=body_schema(PredictWish, PREDICT), response_class=JSONResponse
    )
    async def predict_classes(name: NetworkName, data: JsonObject = body) -> Response:
        """Say what a network takes a picture for: its likeliest classes, with logit and probability.

        Any picture will do: the network is given the square in its middle, or in the middle of `crop`, at
        its own size. Of an animation it sees one `frame`; `invert` makes light dark.
        """
        wish = read(PredictWish, data)
        content = await pool.run(lambda: json_text({"classes": predict(networks, name, wish)}))
        return Response(content, media_type="application/json")

    @routes.post(
        "/{name}/activations",
        openapi_extra=body_schema(ActivationsWish, ACTIVATIONS),
        response_class=Response,
    )
    async def activations(name: NetworkName, data: JsonObject = body) -> Response:
        """Give what a layer makes of a picture: its maps (k, height, width), or its numbers (k,).

        `channels` and `region` pick some of it. JSON holds `max_json_values` numbers at most.
        """
        wish = read(ActivationsWish, data)
        return await pool.run(lambda: _activations(networks, name, wish))

    @routes.post("/{name}/input", openapi_extra=body_schema(PreparedWish, INPUT), response_class=Response)
    async def prepared_input(name: NetworkName, data: JsonObject = body) -> Response:
        """Give a picture as a network is given it, float32 (channels, height, width), and how it was made.

        `square` is what is seen of the picture, [y, x, height, width] in its pixels; it is reduced to
        `resized`, with whole `levels` from the least to the greatest of each channel, which are turned
        round if it is inverted; from each of `channels` a number is subtracted, and the rest divided by
        another. As .npy there is the array alone.
        """
        wish = read(PreparedWish, data)
        return await pool.run(lambda: _input(networks, name, wish))

    return routes


def _activations(networks: Networks, name: str, wish: ActivationsWish) -> Response:
    found = activation(networks, name, wish)
    if wish.format == "npy":
        return npy_reply(found)
    told = {"layer": wish.layer, "shape": list(found.shape), "channels": channels(wish, found)}
    return json_reply(told, "values", found)


def _input(networks: Networks, name: str, wish: PreparedWish) -> Response:
    prepared = networks.run(name, wish).prepared
    if wish.format == "npy":
        return npy_reply(prepared.values)
    check_count(prepared.values.size, wish, networks.max_numbers, maps=False)
    return json_reply(prepared.steps, "values", prepared.values)
