"""Arithmetic written down: an expression that can be counted, read and drawn.

A size law stated as an Expression is the only statement of it: the number comes
from ``value``, the line of text from ``text``, and a page draws ``data`` twice,
once with the symbols and once with the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TypeAlias, TypedDict, TypeVar


class SymbolData(TypedDict):
    """A named quantity and its value."""

    symbol: str
    value: int


class NumberData(TypedDict):
    """A plain number."""

    number: int


class CallData(TypedDict):
    """An operation applied to arguments."""

    op: str
    args: list[FormulaData]


FormulaData: TypeAlias = SymbolData | NumberData | CallData

Q = TypeVar("Q", int, "Expression")
_PRECEDENCE = {"=": 0, "+": 1, "-": 1, "*": 2, "/": 2}


@dataclass(frozen=True, slots=True)
class Expression:
    """A node: a symbol, a number, or an operation on further nodes."""

    op: str
    args: tuple[Expression, ...] = ()
    number: int = 0
    name: str = ""

    @property
    def value(self) -> int:
        """The value; a quotient stands only inside floor or ceil, so it is whole."""
        match self.op:
            case "symbol" | "number":
                return self.number
            case "floor":
                top, bottom = self.args[0].args
                return top.value // bottom.value
            case "ceil":
                top, bottom = self.args[0].args
                return -(-top.value // bottom.value)
            case "+":
                return sum(arg.value for arg in self.args)
            case "-":
                return self.args[0].value - self.args[1].value
            case "*":
                return prod(arg.value for arg in self.args)
            case _:
                return self.args[-1].value

    @property
    def text(self) -> str:
        """The expression in one line, with its numbers in place of its symbols."""
        return self._text(numbers=True)

    @property
    def symbols(self) -> str:
        """The expression in one line, with its symbols."""
        return self._text(numbers=False)

    @property
    def python(self) -> str:
        """The expression with its numbers, as Python counts it."""
        match self.op:
            case "floor":
                top, bottom = self.args[0].args
                return f"({top.text}) // {bottom.text}"
            case "ceil":
                top, bottom = self.args[0].args
                return f"-(-({top.text}) // {bottom.text})"
            case "+":
                return " + ".join(arg.python for arg in self.args)
            case "-":
                whole, part = self.args
                return f"{whole.python} - {f'({part.python})' if part.op in '+-' else part.python}"
            case _:
                return self.text

    def _text(self, *, numbers: bool) -> str:
        if self.op == "symbol":
            return str(self.number) if numbers else self.name
        if self.op == "number":
            return str(self.number)
        parts = [arg._text(numbers=numbers) for arg in self.args]
        if self.op in ("floor", "ceil"):
            return f"{self.op}({parts[0]})"
        rank = _PRECEDENCE[self.op]
        for place, arg in enumerate(self.args):
            inner = _PRECEDENCE.get(arg.op, 3)
            if inner < rank or (inner == rank and place > 0 and self.op in "-/"):
                parts[place] = f"({parts[place]})"
        return f" {self.op} ".join(parts)

    @property
    def data(self) -> FormulaData:
        """The expression as JSON-ready data."""
        if self.op == "symbol":
            return {"symbol": self.name, "value": self.number}
        if self.op == "number":
            return {"number": self.number}
        return {"op": self.op, "args": [arg.data for arg in self.args]}

    def __add__(self, other: Expression | int) -> Expression:
        other = _expression(other)
        terms = self.args if self.op == "+" else (self,)
        return Expression("+", (*terms, other))

    def __sub__(self, other: Expression | int) -> Expression:
        return Expression("-", (self, _expression(other)))

    def __mul__(self, other: Expression | int) -> Expression:
        return Expression("*", (self, _expression(other)))

    def __floordiv__(self, other: Expression | int) -> Expression:
        return Expression("floor", (Expression("/", (self, _expression(other))),))

    def equals(self, other: Expression | int) -> Expression:
        """Return the statement that this expression equals ``other``."""
        return Expression("=", (self, _expression(other)))


def _expression(term: Expression | int) -> Expression:
    return term if isinstance(term, Expression) else Expression("number", number=term)


def symbol(name: str, value: int) -> Expression:
    """Return the quantity called ``name`` with its value."""
    return Expression("symbol", number=value, name=name)


def ceil_quotient(top: Q, bottom: Q) -> Q:
    """Return the smallest whole number not below top / bottom, of numbers or of expressions."""
    if isinstance(top, Expression):
        return Expression("ceil", (Expression("/", (top, _expression(bottom))),))
    return -(-top // bottom)
