"""A function in one line: as mathematics, in English or Chinese, with x or a number for it; or as code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from engine.functions.function import Function, Primitive, X, bounded, constant
from engine.texts import Text

_LEAST, _COMPARED, _ADDED, _MULTIPLIED, _RAISED, _WHOLE = range(6)
"""How closely a line holds together; what holds too loosely for what is done to it gets brackets."""
_ONE = constant(1)


@dataclass(frozen=True)
class _Tongue:
    """How a language writes numbers, names, primitives, and what is done; ``x`` may be a number."""

    number: Callable[[float], str]
    name: Callable[[Text], str]
    form: Callable[[Primitive], str | None]
    forms: Mapping[str, str]
    power: str = "^"
    times: str = " "
    code: bool = False
    x: str = "x"

    def line(self, function: Function) -> tuple[str, int]:
        """Return the function in one line, and how closely it holds together."""
        args = function.args
        match function.op:
            case "x":
                return self.x, _ADDED if self.x.startswith("-") else _WHOLE
            case "number":
                return self.number(function.number), _WHOLE if function.number >= 0 else _MULTIPLIED
            case "text":
                assert function.text is not None
                return self.name(function.text), _WHOLE
            case "call":
                return self._call(function)
            case "gated":
                return self.line(X * args[0])
            case "within":
                return self.line(args[0])
            case "negative":
                return f"-{self._part(args[0], _MULTIPLIED)}", _ADDED
            case "+" | "-" | "<" | ">" as op:
                rank = _ADDED if op in "+-" else _COMPARED
                return f"{self._part(args[0], rank)} {op} {self._part(args[1], rank + 1)}", rank
            case "*":
                return self._product(*args)
            case "/":
                return f"{self._part(args[0], _MULTIPLIED)} / {self._part(args[1], _RAISED)}", _MULTIPLIED
            case "^":
                return f"{self._part(args[0], _WHOLE)}{self.power}{self._exponent(args[1])}", _RAISED
            case op:
                parts = args if op in ("if", "and") else bounded(function) if self.code else args
                form = self.forms[op]
                call = form.endswith(")")
                lines = (self._part(part, _LEAST if call else _COMPARED) for part in parts)
                return form.format(*lines), _WHOLE if call else _COMPARED if op == "and" else _LEAST

    def _part(self, function: Function, least: int) -> str:
        line, rank = self.line(function)
        return line if rank >= least else f"({line})"

    def _call(self, function: Function) -> tuple[str, int]:
        assert function.primitive is not None
        form = self.form(function.primitive)
        if form is None:
            return self.line(self._meant(function))
        return form.format(self.line(function.args[0])[0]), _WHOLE

    def _meant(self, function: Function) -> Function:
        """Return the definition of what has no form here, and anything else as it is."""
        primitive = function.primitive
        if primitive is None or self.form(primitive) is not None:
            return function
        definition = (self.code and primitive.coded) or primitive.definition
        assert definition is not None
        return definition(function.args[0])

    def _product(self, left: Function, right: Function) -> tuple[str, int]:
        """Return a product; one with a fraction is a fraction, and where x is a number it gets a sign."""
        right = self._meant(right)
        if right.op == "/":
            top, bottom = right.args
            return self.line((left if top == _ONE else left * top) / bottom)
        filled = self.x != "x" and (_ends(left, -1) or _ends(right, 0))
        times = " × " if filled else self.times
        least = _WHOLE if right.op == "number" else _MULTIPLIED
        return f"{self._part(left, _MULTIPLIED)}{times}{self._part(right, least)}", _MULTIPLIED

    def _exponent(self, power: Function) -> str:
        if power.op == "number":
            # A float in code: powers of whole numbers would overflow.
            return repr(float(power.number)) if self.code else self.number(power.number)
        line, rank = self.line(power)
        return line if rank == _WHOLE else f"({line.replace(' ', '')})"


def _ends(function: Function, side: int) -> bool:
    """Tell whether a product or power has x itself at its first (0) or last (-1) place."""
    if function.op == "^":
        return side == 0 and function.args[0] == X
    return function == X or (function.op in "*/" and _ends(function.args[side], side))


_WORDS = {
    "max": "max({}, {})",
    "min": "min({}, {})",
    "below": "min({}, {})",
    "if": "{1} if {0} else {2}",
    "and": "{} and {}",
}
_CALLS = {
    "max": "np.maximum({}, {})",
    "min": "np.minimum({}, {})",
    "below": "np.minimum({}, {})",
    "if": "np.where({}, {}, {})",
    "and": "({}) & ({})",
}
_TENSORS = {
    "max": "torch.clamp({1}, min={0})",
    "min": "torch.clamp({1}, max={0})",
    "below": "torch.clamp({1}, max={0})",
    "if": "torch.where({}, {}, {})",
}


def _in_mathematics(language: Literal["en", "zh"], forms: Mapping[str, str]) -> _Tongue:
    def text(known: Text) -> str:
        return getattr(known, language)

    def form(primitive: Primitive) -> str | None:
        return text(primitive.form) if isinstance(primitive.form, Text) else primitive.form

    return _Tongue("{:g}".format, text, form, forms)


def _in_code(package: Literal["np", "torch"], forms: Mapping[str, str]) -> _Tongue:
    def form(primitive: Primitive) -> str | None:
        return primitive.numpy if package == "np" else primitive.torch

    return _Tongue(repr, lambda known: f"{package}.{known.en}", form, forms, " ** ", " * ", code=True)


_ENGLISH = _in_mathematics("en", _WORDS)
_CHINESE = _in_mathematics("zh", {**_WORDS, "if": "若 {0} 则取 {1}，否则取 {2}", "and": "{} 且 {}"})
_NUMPY = _in_code("np", _CALLS)
_TORCH = _in_code("torch", _TENSORS)


def english(function: Function | Text) -> str:
    """Return the line in English, in plain letters and signs, as "max(0, x) + 0.01 min(0, x)"."""
    return function.en if isinstance(function, Text) else _ENGLISH.line(function)[0]


def said(function: Function | Text, number: str = "x") -> Text:
    """Return the line as it is read in each language, with true minus signs, and ``number`` for x.

    >>> from engine.functions.function import maximum, X
    >>> said(0.5 * maximum(0, X), "-5").en
    '0.5 max(0, −5)'
    """
    if isinstance(function, Text):
        lines = function
    else:
        lines = (replace(tongue, x=number).line(function)[0] for tongue in (_ENGLISH, _CHINESE))
    return Text(*(line.replace("Infinity", "∞").replace("-", "−") for line in lines))


def numpy_code(function: Function) -> str:
    """Return the function of ``x`` as NumPy computes it; it knows ``np`` and ``math``."""
    return _NUMPY.line(function)[0]


def torch_code(function: Function) -> str:
    """Return the function of ``x`` as PyTorch computes it; it knows ``torch``, ``math`` and ``F``."""
    return _TORCH.line(function)[0]
