"""What the engine says when it is asked for something that cannot be.

Every error carries what a caller needs to explain it in any language: a stable
``code``, the ``field`` it is about, and the ``values`` that the sentence names.
"""

from __future__ import annotations

from collections.abc import Mapping

Value = int | float | str | bool | None | list[int] | list[str]


class ConvscopeError(ValueError):
    """Base of every error raised on purpose by the engine.

    ``str(error)`` is an English sentence that says what is allowed.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        field: str | None = None,
        values: Mapping[str, Value] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.values = dict(values or {})


class ParameterError(ConvscopeError):
    """A parameter has a value outside its declared domain."""


class ShapeError(ConvscopeError):
    """Sizes that are each allowed do not fit together."""


class LimitError(ConvscopeError):
    """The request is sound but larger than the limits in force."""


class UnknownName(ConvscopeError):
    """No operation, kernel or other named thing bears this name."""
