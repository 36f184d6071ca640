"""The scripts of a network's views, in all four languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal, TypeAlias

from engine.network.dependence import check_cell
from engine.network.layer import Node
from engine.texts import Text
from server.code import network_engine, network_views
from server.code.literals import file_name
from server.code.network_layers import NUMPY, TORCH, Layers
from server.code.network_picture import picture
from server.code.script import Scripts, script
from server.code.with_curl import curl
from server.errors import ApiError, Json
from server.networks.activations import activation
from server.networks.cell_wishes import CellWish, ExplainWish
from server.networks.context import Networks
from server.networks.explaining import explained
from server.networks.runs import Run
from server.networks.wishes import ActivationsWish, PictureWish, PredictWish
from server.wire.wishes import read

NetworkView: TypeAlias = Literal["predict", "activations", "network_trace", "explain"]
Ending: TypeAlias = Callable[[Layers], str]
_PRINTED = 2000
"""Numbers that curl prints as JSON; more go to a file."""


@dataclass(frozen=True)
class NetworkWriter:
    """What turns wishes about networks into scripts for the service at the address ``server``."""

    networks: Networks
    server: str

    def scripts(self, view: NetworkView, data: dict[str, Json]) -> Scripts:
        """Return the scripts of a view: ``data`` is its request's body, and the name of the ``network``.

        Raises:
            ApiError, ConvscopeError, RequestValidationError: as the view's own request does.
        """
        name = data.get("network")
        if not isinstance(name, str):
            raise ApiError(
                422,
                "missing",
                Text("network must be the name of a network.", "network 必须是一个网络的名称。"),
                "network",
            )
        self.networks.zoo.get(name)
        body = {key: value for key, value in data.items() if key != "network"}
        match view:
            case "predict":
                return self._predict(name, read(PredictWish, body), body)
            case "activations":
                return self._activations(name, read(ActivationsWish, body), body)
            case "network_trace":
                return self._trace(name, read(CellWish, body), body)
            case "explain":
                return self._explain(name, read(ExplainWish, body), body)

    def _predict(self, name: str, wish: PredictWish, body: dict[str, Json]) -> Scripts:
        run = self.networks.run(name, wish)
        shipped = run.shipped
        wanted = list(dict.fromkeys([shipped.about.logits, shipped.about.probabilities]))

        def ending(layers: Layers) -> str:
            numpy = ".numpy()" if layers.language == TORCH else ""
            return f"a = run(x)\n{network_views.predicted(shipped, wish, numpy)}"

        engine = f"{network_engine.run(wanted)}\n{network_views.predicted(shipped, wish)}"
        command = curl(self.server, f"/api/networks/{name}/predict", body)
        return self._texts(command, run, wish, wanted, engine, ending)

    def _activations(self, name: str, wish: ActivationsWish, body: dict[str, Json]) -> Scripts:
        # Refuses what is not there; how many numbers JSON may hold does not matter here.
        count = activation(self.networks, name, wish.model_copy(update={"format": "npy"})).size
        file = file_name(wish.layer)

        def ending(layers: Layers) -> str:
            numpy = ".numpy()" if layers.language == TORCH else ""
            return f"a = run(x)\n{network_views.activated(wish, count, numpy)}"

        engine = f"{network_engine.run([wish.layer])}\n{network_views.activated(wish, count)}"
        command = self._saved(f"/api/networks/{name}/activations", body, count, file)
        return self._texts(command, self.networks.run(name, wish), wish, [wish.layer], engine, ending)

    def _trace(self, name: str, wish: CellWish, body: dict[str, Json]) -> Scripts:
        run, nodes = self._unit(name, wish)

        def ending(layers: Layers) -> str:
            return f"a = run(x)\n\n{network_views.traced(layers, nodes, wish)}"

        engine = network_engine.traced(nodes, wish)
        command = curl(self.server, f"/api/networks/{name}/trace", body)
        return self._texts(command, run, wish, [wish.layer], engine, ending)

    def _explain(self, name: str, wish: ExplainWish, body: dict[str, Json]) -> Scripts:
        run, _ = self._unit(name, wish)
        told = explained(run, wish.layer, tuple(wish.cell)).told
        y, x, _, _ = told["reach"] or [0, 0, 1, 1]
        strongest = told["top"][0]["cell"] if told["top"] else [y, x]

        def ending(layers: Layers) -> str:
            return network_views.explained(wish, layers.language, strongest)

        count = prod(run.shipped.network.input_shape)
        command = self._saved(f"/api/networks/{name}/explain", body, count, "contributions.npy")
        return self._texts(command, run, wish, [wish.layer], network_engine.explained(wish), ending)

    def _unit(self, name: str, wish: CellWish) -> tuple[Run, Sequence[Node]]:
        """Return the run, and the layers of a unit up to the one asked for, if there is such a cell."""
        run = self.networks.run(name, wish)
        shipped = run.shipped
        check_cell(tuple(wish.cell), shipped.network.shape(wish.layer))
        layers = shipped.unit_of[wish.layer].layers
        return run, [shipped.network.node(one) for one in layers[: layers.index(wish.layer) + 1]]

    def _saved(self, path: str, body: dict[str, Json], count: int, file: str) -> str:
        """Return curl's command, which saves what is too long to be read."""
        kind = body.get("format", "json" if count <= _PRINTED else "npy")
        return curl(self.server, path, body | {"format": kind}, file if kind == "npy" else None)

    def _texts(
        self, command: str, run: Run, wish: PictureWish, wanted: Sequence[str], engine: str, ending: Ending
    ) -> Scripts:
        """Return the scripts: the picture, the network up to the layers ``wanted``, and a view's ending."""
        shipped, made = run.shipped, picture(run, wish)
        nodes = shipped.network.before(wanted)
        kept = run.until(nodes[-1].layer.name)
        texts = [script(f"{made}\n\n{network_engine.loaded(shipped.name)}\n{engine}", self.server)]
        for language in (NUMPY, TORCH):
            layers = Layers(nodes, kept.calls, language)
            wide = "x = torch.from_numpy(x).double()" if language == TORCH else "x = x.astype(np.float64)"
            body = (
                f"{made}\n{wide}\n\n{layers.weights(shipped.name)}\n\n\n{layers.text()}\n\n{ending(layers)}"
            )
            texts.append(script(body, self.server))
        return {"curl": command, "python": texts[0], "numpy": texts[1], "torch": texts[2]}
