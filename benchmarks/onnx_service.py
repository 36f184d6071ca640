"""``python -m benchmarks.onnx_service``: our service, whose route predict asks ONNX Runtime instead.

Uploads, checks, preparation and JSON are the same code; the numbers come from a session that is built
of the same graph and weights, with one thread for each request, as ours has.
"""

# pyright: reportMissingImports=false

import sys
from functools import cache

import numpy as np
import onnxruntime

from server import __main__ as service
from server.networks.context import Networks
from server.networks.predict import ClassData, likeliest
from server.networks.wishes import PredictWish
from server.networks.zoo import Shipped
from server.routes import networks as routes
from tests.engine.network.onnx_graph import onnx_model


@cache
def session(shipped: Shipped) -> onnxruntime.InferenceSession:
    """Return a session that gives the logits and the shares alone, so that layers may be merged."""
    model = onnx_model(shipped.network)
    wanted = (shipped.about.logits, shipped.about.probabilities)
    outputs = [output for output in model.graph.output if output.name in wanted]
    del model.graph.output[:]
    model.graph.output.extend(outputs)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # that some constants are not used is no news
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )


def predict(networks: Networks, name: str, wish: PredictWish) -> list[ClassData]:
    """Answer as ``server.networks.predict.predict`` does."""
    shipped = networks.zoo.get(name)
    values = networks.runs.get(shipped, wish).prepared.values
    names = [shipped.about.logits, shipped.about.probabilities]
    found = [np.asarray(array)[0] for array in session(shipped).run(names, {"input": values[None]})]
    return likeliest(shipped, dict(zip(names, found, strict=True)), wish.top)


if __name__ == "__main__":
    routes.predict = predict
    sys.exit(service.main())
