"""The derivative of a function, again as a function, without what multiplies by 1 or adds 0."""

from __future__ import annotations

from collections.abc import Callable

from engine.functions.function import Function, X, bounded, choice, constant

_NONE, _ONE = constant(0), constant(1)


def slope(function: Function) -> Function:
    """Return the derivative by x; at a kink, what the pieces' conditions say."""
    return _RULES[function.op](function)


def _of_power(function: Function) -> Function:
    base, power = function.args
    left = base if power.number == 2 else base ** (power.number - 1)
    return _product(_product(power, left), slope(base))


def _of_product(function: Function) -> Function:
    left, right = function.args
    return _sum(_product(slope(left), right), _product(left, slope(right)))


def _of_quotient(function: Function) -> Function:
    top, bottom = function.args
    return _sum(_quotient(slope(top), bottom), _product(-top / bottom**2, slope(bottom)))


def _of_call(function: Function) -> Function:
    primitive, (of,) = function.primitive, function.args
    assert primitive is not None
    return _product(constant(primitive.slope(of)), slope(of))


def _of_bound(function: Function) -> Function:
    """Return the slope of what is bounded, where it is not cut off; a bound on its other side matters not."""
    bound, of = bounded(function)
    bare = of
    if of.op in ("max", "min") and of.op != function.op:
        other, inner = bounded(of)
        if (other.number < bound.number) == (function.op == "min"):
            bare = inner
    return _choice(bare > bound if function.op == "max" else bare < bound, slope(of), _NONE)


def _of_gated(function: Function) -> Function:
    (gate,) = function.args
    # Far away the gate's slope is 0, and x times it is to be 0 too.
    return Function("within", (_sum(gate, _product(X, slope(gate))),), number=function.number)


_RULES: dict[str, Callable[[Function], Function]] = {
    "x": lambda _: _ONE,
    "number": lambda _: _NONE,
    "text": lambda _: _NONE,
    "+": lambda f: _sum(slope(f.args[0]), slope(f.args[1])),
    "-": lambda f: _sum(slope(f.args[0]), _product(constant(-1), slope(f.args[1]))),
    "negative": lambda f: _product(constant(-1), slope(f.args[0])),
    "*": _of_product,
    "/": _of_quotient,
    "^": _of_power,
    "call": _of_call,
    "max": _of_bound,
    "min": _of_bound,
    "below": lambda f: _choice(f.args[1] > f.args[0], _NONE, slope(f.args[1])),
    "if": lambda f: _choice(f.args[0], slope(f.args[1]), slope(f.args[2])),
    "gated": _of_gated,
}


def _sum(left: Function, right: Function) -> Function:
    if left == _NONE or right == _NONE:
        return right if left == _NONE else left
    if left.op == right.op == "if" and left.args[0] == right.args[0]:
        return _choice(left.args[0], _sum(left.args[1], right.args[1]), _sum(left.args[2], right.args[2]))
    return constant(left.number + right.number) if left.op == right.op == "number" else left + right


def _product(left: Function, right: Function) -> Function:
    if _NONE in (left, right):
        return _NONE
    if _ONE in (left, right):
        return right if left == _ONE else left
    if left.op == right.op == "number":
        return constant(left.number * right.number)
    if right.op == "number":
        return _product(right, left)
    if right.op == "*" and right.args[0].op == "number":
        return _product(_product(left, right.args[0]), right.args[1])
    if right.op == "if":
        return _choice(right.args[0], _product(left, right.args[1]), _product(left, right.args[2]))
    return _product(right, left) if left.op == "if" else left * right


def _quotient(top: Function, bottom: Function) -> Function:
    if top == _NONE or bottom == _ONE:
        return top
    if top.op == bottom.op == "number":
        return constant(top.number / bottom.number)
    if bottom.op == "number" and top.op == "*" and top.args[0].op == "number":
        return _product(_quotient(top.args[0], bottom), top.args[1])
    return top / bottom


def _choice(condition: Function, then: Function, otherwise: Function) -> Function:
    if then == otherwise:
        return then
    if otherwise == _NONE and then.op == "if" and then.args[2] == _NONE:
        return _choice(Function("and", (then.args[0], condition)), then.args[1], _NONE)
    return choice(condition, then, otherwise)
