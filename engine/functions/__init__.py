"""Functions of one number, stated once: they are computed, differentiated, read and coded from that."""

from __future__ import annotations

from engine.functions.function import (
    FAR,
    Function,
    Primitive,
    X,
    below_zero,
    choice,
    constant,
    gated,
    maximum,
    minimum,
    multiple,
    word,
)
from engine.functions.primitives import (
    ABS,
    EXP,
    EXP_LESS_1,
    HALF_TANH,
    LARGEST,
    LN,
    LOG,
    LOG_1_EXP,
    LOGISTIC,
    NORMAL,
    PI,
    SQRT,
    TANH,
)
from engine.functions.values import evaluate

__all__ = ["ABS", "EXP", "EXP_LESS_1", "FAR", "HALF_TANH", "LARGEST", "LN", "LOG", "LOGISTIC", "LOG_1_EXP"]
__all__ += ["NORMAL", "PI", "SQRT", "TANH", "Function", "Primitive", "X", "below_zero", "choice", "constant"]
__all__ += ["evaluate", "gated", "maximum", "minimum", "multiple", "word"]
