"""What an operation is: one declaration, from which everything else follows.

An Operation states its name, texts, inputs, outputs, parameters, shape law, forward and
backward pass, and trace. The service's schema and validation, the page's controls, the limits of
every slider, the reference page and the parametrised tests all read it from here.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.arrays import Array
from engine.declaration.call import Call, Computation
from engine.limits import IN_PYTHON, Limits


class Operation(Computation):
    """Base of all operations; an instance is a function of its inputs and parameters."""

    def bind(
        self,
        inputs: Mapping[str, object],
        params: Mapping[str, object] | None = None,
        limits: Limits = IN_PYTHON,
    ) -> Call:
        """Check everything and return the call, ready to run.

        Raises:
            ParameterError: a parameter outside its domain, or an input missing.
            ShapeError: sizes that do not fit together.
            LimitError: more than ``limits`` allow.
        """
        arrays = self.arrays(inputs)
        self.check_values(arrays)
        shapes = {name: array.shape for name, array in arrays.items()}
        return self.bound(arrays, self.plan(shapes, params or {}, limits))

    def __call__(self, *args: object, **kwargs: object) -> Array:
        """Return the first output for NumPy arrays: see ``inspect.signature`` and the class's own text."""
        return self.call(*args, **kwargs).run()

    def call(self, *args: object, **kwargs: object) -> Call:
        """Return the call of this operation with these arguments, ready to run, go back and be traced."""
        given = self.__signature__.bind(*args, **kwargs).arguments
        names = {declared.name for declared in self.inputs}
        inputs = {name: value for name, value in given.items() if name in names}
        params = {name: value for name, value in given.items() if name not in names}
        return self.bind(inputs, params)
