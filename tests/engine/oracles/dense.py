"""The dense layer, sum by sum: whole numbers as Python integers, others by ``math.fsum``."""

from __future__ import annotations

import math

import numpy as np


def linear(inputs, params):
    array, weight = np.asarray(inputs["input"]), np.asarray(inputs["weight"])
    bias = inputs.get("bias")
    rows, kernels = array.reshape(-1, array.shape[-1]).tolist(), weight.tolist()
    biases = [0] * len(kernels) if bias is None else np.asarray(bias).tolist()
    found = [[total(row, kernel, b) for kernel, b in zip(kernels, biases, strict=True)] for row in rows]
    return np.array(found, np.float64).reshape(*array.shape[:-1], len(kernels))


def total(row, kernel, bias):
    products = [value * weight for value, weight in zip(row, kernel, strict=True)] + [bias]
    return sum(products) if all(isinstance(p, int) for p in products) else math.fsum(products)


ORACLES = {"linear": linear}
