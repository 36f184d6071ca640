"""Turning weights that others trained into files of ours: python -m tools.import_networks FOLDER.

Unlike the rest of tools/ this needs the engine, and so an environment with NumPy. FOLDER holds
squeezenet-1.1/weights.npz, efficientnet-lite0/weights.npz and squeezenet-1.1/imagenet-classes.json;
what comes out stands in networks/, whose CREDITS.md say where the weights are from.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.architectures.efficientnet_lite import efficientnet_lite0
from engine.architectures.squeezenet import squeezenet
from engine.network import Network, save
from engine.network.weight_store import Key

from .environment import ROOT

NETWORKS = ROOT / "networks"
CLASSES = "squeezenet-1.1/imagenet-classes.json"
_NORM = {"weight": "gamma", "bias": "beta", "running_mean": "mean", "running_var": "variance"}


@dataclass(frozen=True)
class Import:
    """A network to import: how it is built, and what people read about it."""

    build: Callable[[], Network]
    logits: str
    preparation: Mapping[str, object]
    title: Mapping[str, str]
    summary: Mapping[str, str]
    credit: str


IMPORTS = {
    "squeezenet-1.1": Import(
        squeezenet,
        "flatten",
        {
            "height": 227,
            "width": 227,
            "channels": ["blue", "green", "red"],
            "subtract": [104.006, 116.669, 122.679],
            "divide": [1, 1, 1],
        },
        {"en": "SqueezeNet 1.1", "zh": "SqueezeNet 1.1"},
        {
            "en": "A thousand classes of ImageNet in 1.2 million weights: fire modules squeeze the maps, "
            "then expand them side by side.",
            "zh": "以 124 万个权重识别 ImageNet 的一千个类别：Fire 模块先压缩特征图，再并排扩展。",
        },
        "Iandola et al. 2016; weights by DeepScale and UC Berkeley (BSD 2-clause).",
    ),
    "efficientnet-lite0": Import(
        efficientnet_lite0,
        "dense",
        {
            "height": 224,
            "width": 224,
            "channels": ["red", "green", "blue"],
            "subtract": [127, 127, 127],
            "divide": [128, 128, 128],
        },
        {"en": "EfficientNet-Lite0", "zh": "EfficientNet-Lite0"},
        {
            "en": "The stronger eye: depthwise separable convolutions, batch normalisation and skips.",
            "zh": "眼力更强：采用深度可分离卷积、批归一化与跳跃连接。",
        },
        "Tan and Le 2019, Google's Lite variant; weights as converted by ML Illustrated (Apache-2.0).",
    ),
}


def name_there(key: Key) -> str:
    """Return what the weights of a layer of ours are called in the files given.

    >>> name_there(("stem/norm", "running_var")), name_there(("conv1", "bias"))
    ('stem/variance', 'conv1/bias')
    """
    layer, held = key
    convolution = layer.removesuffix("/norm")
    return f"{convolution}/{held if layer == convolution else _NORM[held]}"


def write(name: str, folder: Path, classes: Iterable[str]) -> None:
    """Write the three files of one network; arrays keep their type, half precision too."""
    given, network = IMPORTS[name], IMPORTS[name].build()
    with np.load(folder / name / "weights.npz") as file:
        arrays = {key: file[name_there(key)] for key in network.weights.names}
        unused = set(file) - {name_there(key) for key in arrays}
    if unused:
        raise SystemExit(f"{name}: nothing holds {', '.join(sorted(unused))}")
    network.weights.update(arrays)
    weights, _ = save(network, NETWORKS / name / "network")
    # A network widens half precision when it takes it; the file keeps what was given.
    np.savez(weights, **{"/".join(key): array for key, array in arrays.items()})
    about = {
        "title": given.title,
        "summary": given.summary,
        "credit": given.credit,
        "preparation": given.preparation,
        "logits": given.logits,
        "probabilities": network.output,
        "classes": [{"en": english} for english in classes],
    }
    text = json.dumps(about, ensure_ascii=False, indent=1)
    (NETWORKS / name / "about.json").write_text(f"{text}\n", encoding="utf-8")


def main() -> None:
    """Import every network from the folder that the command line names."""
    parser = argparse.ArgumentParser(description="Write networks/ from trained weights.")
    parser.add_argument(
        "folder", type=Path, help="where the folders squeezenet-1.1 and efficientnet-lite0 lie"
    )
    folder: Path = parser.parse_args().folder
    classes: list[str] = json.loads((folder / CLASSES).read_text(encoding="utf-8"))
    for name in IMPORTS:
        write(name, folder, classes)
        print(f"networks/{name}")


if __name__ == "__main__":
    main()
