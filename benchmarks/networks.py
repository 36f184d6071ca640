"""The networks that ship, beside ONNX Runtime on the same graph and weights, each on one thread."""

# pyright: reportMissingImports=false
# (ONNX Runtime is installed by `run.py test` and `run.py bench`, and not where the types are checked.)

import time
from collections.abc import Callable

import numpy as np
import onnxruntime

from benchmarks.table import show
from benchmarks.timing import interleaved, load, median
from engine.network import Network, forward, predict
from tests.engine.network.onnx_graph import onnx_model
from tests.engine.network.shipped import NAMES, PHOTOS, prepared, shipped

ROUNDS = 15
COSTLY = 6
"""So many layers are named."""


def session(network: Network, *, every_layer: bool) -> Callable[[np.ndarray], np.ndarray]:
    """Return ONNX Runtime's way; asked for the output alone, it joins layers and skips what lies between."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    model = onnx_model(network)
    if not every_layer:
        kept = [output for output in model.graph.output if output.name == network.output]
        del model.graph.output[:]
        model.graph.output.extend(kept)
    run = onnxruntime.InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])
    names = [output.name for output in run.get_outputs()]
    return lambda picture: np.asarray(run.run(names, {"input": picture[None]})[names.index(network.output)])[
        0
    ]


def costs(network: Network, picture: np.ndarray) -> dict[str, float]:
    """Return each layer's median in milliseconds."""
    taken: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for name, _ in forward(network, picture):
            now = time.perf_counter()
            taken.setdefault(name, []).append(1000 * (now - began))
            began = now
    return {name: median(times) for name, times in taken.items()}


def main() -> None:
    """Print both tables."""
    rows: list[list[str]] = []
    layers: list[list[str]] = []
    for name in NAMES:
        network, picture = shipped(name), prepared(name, PHOTOS[0])
        alone, every = session(network, every_layer=False), session(network, every_layer=True)
        furthest = np.abs(predict(network, picture) - alone(picture)).max()
        if furthest > 1e-4:
            raise SystemExit(f"{name}: {furthest} apart from ONNX Runtime")
        contenders: dict[str, Callable[[], object]] = {
            "ours": lambda n=network, p=picture: predict(n, p),
            "every layer": lambda run=every, p=picture: run(p),
            "output alone": lambda run=alone, p=picture: run(p),
        }
        found = interleaved(contenders, seconds=3)
        ratios = [f"{found['ours'] / found[other]:.1f}" for other in ("every layer", "output alone")]
        rows.append([name, *(f"{found[key]:.1f}" for key in contenders), *ratios])
        each = costs(network, picture)
        total = sum(each.values())
        for layer in sorted(each, key=lambda layer: -each[layer])[:COSTLY]:
            share = f"{each[layer] / total:.0%}"
            layers.append(
                [f"{name} {layer}", network.node(layer).operation.name, f"{each[layer]:.2f}", share]
            )
    head = ["network, ms", "ours", "ONNX Runtime, every layer", "its output alone", "ratio", "ratio"]
    show("One picture through a network", head, rows, f"one thread each, {load()}")
    show("Our costliest layers", ["layer", "operation", "ms", "share"], layers)


if __name__ == "__main__":
    main()
