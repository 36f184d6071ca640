"""Flatten, cat and add, cell by cell."""

from __future__ import annotations

import itertools

import numpy as np

ORDER = ("input", "other", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def cells(shape):
    """Every cell of an array of this shape, in reading order."""
    return itertools.product(*map(range, shape))


def flatten(inputs, params):
    array = np.asarray(inputs["input"])
    start, end = params.get("start_dim"), params.get("end_dim")
    start, end = 0 if start is None else start, -1 if end is None else end
    start, end = (axis + array.ndim if axis < 0 else axis for axis in (start, end))
    merged = 1
    for axis in range(start, end + 1):
        merged *= array.shape[axis]
    output = np.zeros((*array.shape[:start], merged, *array.shape[end + 1 :]))
    for cell in cells(array.shape):
        number = 0
        for axis in range(start, end + 1):
            number = number * array.shape[axis] + cell[axis]
        output[(*cell[:start], number, *cell[end + 1 :])] = array[cell]
    return output


def cat(inputs, params):
    arrays = [np.asarray(inputs[name]) for name in ORDER if name in inputs]
    axis = params.get("dim")
    if axis is None:
        axis = 0 if arrays[0].ndim in (1, 3) else 1
    axis = axis + arrays[0].ndim if axis < 0 else axis
    shape = list(arrays[0].shape)
    shape[axis] = sum(array.shape[axis] for array in arrays)
    output, first = np.zeros(shape), 0
    for array in arrays:
        for cell in cells(array.shape):
            output[(*cell[:axis], first + cell[axis], *cell[axis + 1 :])] = array[cell]
        first += array.shape[axis]
    return output


def add(inputs, params):
    one, two = np.asarray(inputs["input"]), np.asarray(inputs["other"])
    rank = max(one.ndim, two.ndim)
    shapes = [(1,) * (rank - array.ndim) + array.shape for array in (one, two)]
    output = np.zeros([b if a == 1 else a for a, b in zip(*shapes, strict=True)])
    for cell in cells(output.shape):
        total = 0
        for array in (one, two):
            own = cell[rank - array.ndim :]
            read = tuple(0 if size == 1 else at for at, size in zip(own, array.shape, strict=True))
            total += array[read].item()
        output[cell] = total
    return output


ORACLES = {"flatten": flatten, "cat": cat, "add": add}
