"""How a script makes a network's input of a picture: grey and in colour, drawn and cropped."""

from __future__ import annotations

import pytest

from tests.server.code.answers import PICTURE, answered
from tests.server.code.running import LANGUAGES, assert_same, ran
from tests.server.networks import deep, small


@pytest.mark.parametrize("picture", [{"image": "noise", "frame": 1}, {"image": "cameraman"}, PICTURE])
@pytest.mark.parametrize(("name", "layer"), [(small.NAME, "conv"), (deep.GREY, "stem")])
def test_pictures_and_networks_in_grey_and_in_colour(trained, name, layer, picture):
    scripts = trained.scripts("activations", {"network": name, **picture, "layer": layer})
    whole = answered(trained, "activations", name, picture | {"layer": layer})["values"]
    for language in LANGUAGES:
        names, _ = ran(scripts[language])
        assert_same(names["maps"], whole, scripts[language])
