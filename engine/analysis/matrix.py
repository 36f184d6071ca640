"""A linear operation as the matrix it multiplies by: one row for each output, one column for each input cell.

The matrix is read off what the operation does to pictures of a single 1, so it says what
is computed and not what was meant. Source: Dumoulin and Visin, "A guide to convolution
arithmetic for deep learning", 2016, section 4.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array, Indices, Shape
from engine.declaration.call import Call
from engine.errors import LimitError, ParameterError, ShapeError
from engine.refusals import one_picture
from engine.texts import Text

MOST_ENTRIES = 2**22
"""Rows times columns, and columns squared, may be this many: pictures of some 2,000 cells."""
_CELLS_AT_ONCE = 2**19


@dataclass(frozen=True)
class Matrix:
    """A sparse matrix: ``values`` stand at (``rows``, ``columns``), and 0 elsewhere; all three (n,).

    ``shape`` is (rows, columns); ``output`` and ``input`` are the shapes that vectors of that many
    numbers are read as, in reading order.
    """

    rows: Indices
    columns: Indices
    values: NDArray[np.float64]
    output: Shape
    input: Shape

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, one for each output, and columns, one for each input cell."""
        return prod(self.output), prod(self.input)

    def dense(self) -> NDArray[np.float64]:
        """Return the whole matrix, zeros and all."""
        whole = np.zeros(self.shape)
        whole[self.rows, self.columns] = self.values
        return whole

    @property
    def transpose(self) -> Matrix:
        """The matrix with rows and columns exchanged: of a convolution, its transposed convolution."""
        return Matrix(self.columns, self.rows, self.values, self.input, self.output)

    def multiply(self, array: Array) -> NDArray[np.float64]:
        """Return the matrix times ``array``, which has the shape ``input``, as one of the shape ``output``.

        Raises:
            ShapeError: if ``array`` has another number of cells.
        """
        rows, columns = self.shape
        if array.size != columns:
            raise ShapeError(
                "matrix_input",
                Text(
                    "The matrix has {columns} columns; it cannot multiply {size} numbers.",
                    "矩阵有 {columns} 列，不能乘 {size} 个数。",
                ),
                values={"columns": columns, "size": array.size},
            )
        products = self.values * array.reshape(-1).astype(np.float64)[self.columns]
        sums = np.bincount(self.rows, products, minlength=rows).astype(np.float64)
        return sums.reshape(self.output)


def matrix(call: Call) -> Matrix:
    """Return the matrix of a call's operation, for inputs of its input's shape; bias is left aside.

    The other inputs are the call's; what its input holds does not matter. Of a 3x3 kernel on 4x4 cells:

    >>> import engine
    >>> small = matrix(engine.conv2d.call(np.zeros((1, 4, 4)), np.arange(1, 10).reshape(3, 3)))
    >>> small.shape, len(small.values), small.transpose.shape
    ((4, 16), 36, (16, 4))

    Raises:
        ParameterError: if the operation is not linear.
        ShapeError: for a batch.
        LimitError: if the matrix would have more than ``MOST_ENTRIES`` entries.
    """
    operation, layout, shape = call.operation, call.layout, call.inputs["input"].shape
    if not operation.linear:
        raise ParameterError(
            "not_linear",
            Text(
                "{name} is not linear: no matrix does what it does.", "{name} 不是线性的，没有矩阵与它相当。"
            ),
            field="operation",
            values={"name": operation.name},
        )
    if layout.batched:
        raise one_picture(shape)
    rows, columns = prod(layout.output), prod(shape)
    entries = max(rows, columns) * columns
    if entries > MOST_ENTRIES:
        raise LimitError(
            "matrix_size",
            Text(
                "A matrix for {columns} input cells and {rows} outputs takes {asked} entries at once; the "
                "limit is {max}.",
                "{columns} 个输入格、{rows} 个输出的矩阵同时要 {asked} 个元素；上限为 {max}。",
            ),
            field="input",
            values={"columns": columns, "rows": rows, "asked": entries, "max": MOST_ENTRIES},
        )
    found = [(first, np.nonzero(block), block) for first, block in _columns(call)]
    return Matrix(
        np.concatenate([at[1] for _, at, _ in found]),
        np.concatenate([at[0] + first for first, at, _ in found]),
        np.concatenate([block[at] for _, at, block in found]),
        layout.output,
        shape,
    )


def _columns(call: Call) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Yield (first column, columns (k, rows)), of pictures of a single 1 each, together where they may be."""
    shape = call.inputs["input"].shape
    cells, outputs = prod(shape), prod(call.layout.output)
    at_zero = _run(call, np.zeros(shape)).reshape(-1)
    batches = _takes_batches(call)
    together = max(1, _CELLS_AT_ONCE // max(cells, outputs, 1)) if batches else 1
    for first in range(0, cells, together):
        count = min(together, cells - first)
        units = np.zeros((count, cells))
        units[np.arange(count), np.arange(first, first + count)] = 1
        batch = units.reshape((count, *shape) if batches else shape)
        yield first, _run(call, batch).reshape(count, outputs) - at_zero


def _takes_batches(call: Call) -> bool:
    """Tell whether the operation knows a batch, and has no other input that goes with each picture."""
    with_each = [given for given in call.operation.inputs[1:] if given.kind in ("maps", "places")]
    return call.layout.spatial is not None and not any(given.name in call.inputs for given in with_each)


def _run(call: Call, array: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the operation of ``array``, all else being the call's, but without bias."""
    inputs = {name: given for name, given in call.inputs.items() if name != "bias"} | {"input": array}
    plan = call.operation.plan({name: given.shape for name, given in inputs.items()}, call.asked)
    return call.operation.bound(inputs, plan).run().astype(np.float64)
