# ruff: noqa: PLW0108 (a lambda, since what it calls is only known further down)
"""The functions that others are made of, each with its derivative and its words.

Some have a definition that overflows or cancels when computed as it stands; they are computed by the
algorithms of engine/algorithms, and still read as they are defined.
"""

from __future__ import annotations

from math import pi, sqrt

import numpy as np

from engine.algorithms.erf import erf, normal_cdf, normal_density
from engine.algorithms.logistic import logistic, logistic_slope
from engine.functions.function import Primitive, word

PI = word("pi", number=pi)
LARGEST = word("max", "最大值")
EXP = Primitive(np.exp, lambda u: EXP(u), "exp({})", "np.exp({})", "torch.exp({})")
LOG = Primitive(np.log, lambda u: 1 / u, "log({})", "np.log({})", "torch.log({})")
LN = Primitive(np.log, lambda u: 1 / u, "ln({})", "np.log({})", "torch.log({})")
SQRT = Primitive(np.sqrt, lambda u: 0.5 / SQRT(u), "sqrt({})", "np.sqrt({})", "math.sqrt({})")
ABS = Primitive(np.abs, lambda u: u / ABS(u), "|{}|", "np.abs({})", "torch.abs({})")
TANH = Primitive(np.tanh, lambda u: TANH_SLOPE(u), "tanh({})", "np.tanh({})", "torch.tanh({})")
TANH_SLOPE = Primitive(
    lambda u: 4 * logistic_slope(2 * u),
    lambda u: -2 * TANH(u) * TANH_SLOPE(u),
    definition=lambda u: 1 - TANH(u) ** 2,
    held=4,
)
"""As four times the logistic function's slope at 2u: that does not cancel."""
ERF = Primitive(
    erf,
    lambda u: 2 / sqrt(pi) * EXP(-(u**2)),
    "erf({})",
    "np.vectorize(math.erf)({})",
    "torch.erf({})",
    held=10,
)
EXP_LESS_1 = Primitive(
    np.expm1,
    EXP,
    numpy="np.expm1({})",
    torch="torch.expm1({})",
    definition=lambda u: EXP(u) - 1,
)
LOG_1_EXP = Primitive(
    lambda u: np.logaddexp(u, 0),
    lambda u: LOGISTIC(u),
    numpy="np.logaddexp(0, {})",
    torch="F.softplus({})",
    definition=lambda u: LOG(1 + EXP(u)),
)
LOGISTIC = Primitive(
    logistic,
    lambda u: LOGISTIC_SLOPE(u),
    torch="torch.sigmoid({})",
    definition=lambda u: 1 / (1 + EXP(-u)),
    coded=lambda u: (1 + TANH(u / 2)) / 2,
    held=3,
)
LOGISTIC_SLOPE = Primitive(
    logistic_slope,
    lambda u: -LOGISTIC_SLOPE(u) * TANH(u / 2),
    definition=lambda u: EXP(-u) / (1 + EXP(-u)) ** 2,
    coded=lambda u: (1 - TANH(u / 2) ** 2) / 4,
    held=3,
)
NORMAL = Primitive(
    normal_cdf,
    lambda u: NORMAL_DENSITY(u),
    definition=lambda u: (1 + ERF(u / SQRT(2))) / 2,
    held=11,
)
"""The chance that a standard normal number is below u."""
NORMAL_DENSITY = Primitive(
    normal_density,
    lambda u: -u * NORMAL_DENSITY(u),
    definition=lambda u: EXP(-(u**2 / 2)) / SQRT(2 * PI),
    held=2,
)
HALF_TANH = Primitive(
    lambda u: logistic(2 * u),
    lambda u: TANH_SLOPE(u) / 2,
    definition=lambda u: (1 + TANH(u)) / 2,
    held=4,
)
"""tanh from 0 to 1, as the logistic function of 2u: it does not cancel where it is tiny."""
