"""What the engine says when it is asked for something that cannot be.

Every error carries what a caller needs to explain it: a stable ``code``, its ``text``
in every language of the page, the ``values`` for the places of that text, the ``field``
it is about, and ``advice`` on what to change.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.texts import Text, fill

Value = int | float | str | bool | None | list[int] | list[str]


class ConvscopeError(ValueError):
    """Base of every error raised on purpose by the engine.

    ``str(error)`` is the English sentence with the values in their places: what is allowed.

    Args:
        code: stable name of the error, in snake_case.
        text: the sentence, with places: ``{axis}`` a page calls by its word, and ``{name}``,
            where that is a parameter's, by its label.
        field: name of the parameter or input at fault.
        values: what stands in the places.
        advice: what to change, with places as well.
        advice_on: the same for someone who moves one parameter, by its name.
    """

    def __init__(
        self,
        code: str,
        text: Text,
        *,
        field: str | None = None,
        values: Mapping[str, Value] | None = None,
        advice: Text | None = None,
        advice_on: Mapping[str, Text] | None = None,
    ) -> None:
        self.values = dict(values or {})
        self.message = fill(text.en, self.values)
        super().__init__(self.message)
        self.code = code
        self.text = text
        self.field = field
        self.advice = advice
        self.advice_on = advice_on or {}


class ParameterError(ConvscopeError):
    """A parameter has a value outside its declared domain."""


class ShapeError(ConvscopeError):
    """Sizes that are each allowed do not fit together."""


class LimitError(ConvscopeError):
    """The request is sound but larger than the limits in force."""


class UnknownName(ConvscopeError):
    """No operation, kernel or other named thing bears this name."""
