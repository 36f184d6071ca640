"""What the ImageNet networks say of ten photos, beside the tables that came with their weights.

Those were computed with PyTorch: another implementation, graph and way to read the file.
"""

from __future__ import annotations

import numpy as np
import pytest

from engine.network import predict
from tests.engine.network.shipped import PHOTOS, about, prepared, shipped

TABLES = {
    "squeezenet-1.1": """
        astronaut | barbell 0.588, stethoscope 0.058, drumstick 0.039
        cameraman | tripod 0.842, microphone 0.028, cello 0.021
        cat | Egyptian Mau 0.350, tabby cat 0.341, a cat having a striped coat 0.307
        coffee | espresso 0.991, consomme 0.009, soup bowl 0.000
        coins | golf ball 0.905, Petri dish 0.021, thimble 0.009
        flower | coral fungus 0.256, brain coral 0.213, orange 0.161
        mountain | mountain 0.858, beach 0.026, valley 0.024
        paintbrushes | spindle 0.503, paintbrush 0.211, mop 0.108
        palace | stupa 0.704, dome 0.093, palace 0.078
        spaniels | Welsh Springer Spaniel 0.403, Cocker Spaniel 0.328, Brittany dog 0.052
    """,
    "efficientnet-lite0": """
        astronaut | bobsleigh 0.299, football helmet 0.107, go-kart 0.050
        cameraman | tripod 0.943, binoculars 0.011, harmonica 0.008
        cat | Egyptian Mau 0.399, a cat having a striped coat 0.334, tabby cat 0.168
        coffee | espresso 0.940, tea cup 0.016, consomme 0.008
        coins | golf ball 0.158, bubble 0.076, thimble 0.063
        flower | daisy 0.194, mushroom 0.080, hen of the woods mushroom 0.072
        mountain | mountain 0.779, valley 0.126, tent 0.010
        paintbrushes | paintbrush 0.996, broom 0.002, face powder 0.001
        palace | palace 0.345, bell tower 0.255, lakeshore 0.083
        spaniels | Sussex Spaniel 0.212, Cocker Spaniel 0.175, Welsh Springer Spaniel 0.116
    """,
}
ROWS = [
    (name, *(part.strip() for part in row.split("|")))
    for name, table in TABLES.items()
    for row in table.strip().splitlines()
]


def test_every_photo_is_in_both_tables():
    assert sorted(photo for _, photo, _ in ROWS) == sorted(2 * [photo.stem for photo in PHOTOS])


@pytest.mark.parametrize(("name", "photo", "said"), ROWS)
def test_the_first_three_classes(name: str, photo: str, said: str):
    path = next(path for path in PHOTOS if path.stem == photo)
    shares = predict(shipped(name), prepared(name, path))
    classes = [row["en"] for row in about(name)["classes"]]
    first = [(classes[place], float(shares[place])) for place in np.argsort(-shares)[:3]]
    expected = [part.rsplit(" ", 1) for part in said.split(", ")]
    assert [found for found, _ in first] == [wanted for wanted, _ in expected]
    assert [share for _, share in first] == pytest.approx([float(share) for _, share in expected], abs=2e-3)
