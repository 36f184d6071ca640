"""Kernels made of smaller ones: how a kernel factors.

A kernel of rank 1 is a column times a row, so that two short passes do the work of one long one;
any kernel is a sum of as many such products as its rank. Source: the singular value
decomposition; Eckart and Young, "The approximation of one matrix by another of lower rank",
Psychometrika 1, 1936: cut short, the sum is the nearest kernel of that rank.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import EXACT_IN_SINGLE, Array, Float, is_whole, largest

Doubles = NDArray[np.float64]
_TOLD_APART = 4
"""How many times the noise of a rank two strengths differ at least, if they are told apart."""
_LARGEST_WHOLE = 2**31
"""Whole kernels up to here are factored in whole numbers: no product of two leaves 64 bits."""


@dataclass(frozen=True)
class Factors:
    """A kernel (kh, kw) as a sum of columns times rows, the strongest first.

    Shapes: ``vertical`` (M, kh), ``horizontal`` (M, kw) and ``strengths`` (M,), the singular values,
    with M = min(kh, kw); rows beyond ``rank`` are 0. ``whole``: the factors are whole numbers, and
    their product is the kernel exactly.
    """

    kernel: Array
    vertical: Doubles
    horizontal: Doubles
    strengths: Doubles
    rank: int
    whole: bool

    def product(self, terms: int) -> Array:
        """Return the sum of the first ``terms`` products: the kernel itself if that is all of them."""
        if terms >= self.rank:
            return self.kernel
        return np.einsum("th,tw->hw", self.vertical[:terms], self.horizontal[:terms])

    def kernel_gradient(self, gradient: Float, terms: int) -> Float:
        """Return the gradient by the kernel, from that by the sum of its first ``terms`` products.

        How the nearest kernel of a rank moves with the kernel: in the basis of the singular
        vectors, what lies within the terms passes, what lies wholly outside is lost, and the
        pairs between them mix. It is not defined where the last term kept is as strong as the first
        one dropped, nor for terms beyond the rank, whose strengths and directions are rounding: what
        would pass between two that rounding cannot tell apart, or by such a term, counts as nothing.
        """
        if terms >= len(self.strengths) or not np.isfinite(self.kernel).all():
            return gradient
        terms = min(terms, self.rank)
        u, s, vt = np.linalg.svd(_measured(self.kernel)[0])
        inside = u.T @ gradient.astype(np.float64) @ vt.T
        strengths = np.zeros(max(inside.shape))
        strengths[: len(s)] = s
        kept, dropped = strengths[:terms, None], strengths[None, terms:]
        apart, both = kept - dropped, kept + dropped
        told = apart > _TOLD_APART * _noise(self.kernel) * s[0]
        share = np.divide(kept, apart * both, out=np.zeros_like(apart), where=told)
        rows, columns = (n - terms for n in inside.shape)
        right, below = _wide(inside[:terms, terms:], dropped), _wide(inside[terms:, :terms].T, dropped)
        moved = np.zeros_like(inside)
        moved[:terms, :terms] = inside[:terms, :terms]
        moved[:terms, terms:] = (share * (kept * right + dropped * below))[:, :columns]
        moved[terms:, :terms] = (share * (kept * below + dropped * right))[:, :rows].T
        return (u @ moved @ vt).astype(gradient.dtype)


def _wide(block: Doubles, like: Doubles) -> Doubles:
    """Return ``block`` with columns of 0 up to the width of ``like``."""
    return np.pad(block, ((0, 0), (0, like.shape[1] - block.shape[1])))


def factor(kernel: Array) -> Factors:
    """Return the factors of a kernel, shape (kh, kw).

    Whole kernels of rank 1 get whole factors, as [1 2 1] and [-1 0 1] for Sobel's. What is too small to
    tell from rounding, as ``numpy.linalg.matrix_rank`` has it, does not count to the rank. Numbers
    that are not finite leave the rows as they are.

    >>> sobel = factor(np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]))
    >>> sobel.rank, sobel.vertical[0].tolist(), sobel.horizontal[0].tolist()
    (1, [1.0, 2.0, 1.0], [-1.0, 0.0, 1.0])
    """
    height, width = kernel.shape
    count = min(height, width)
    if not np.isfinite(kernel).all():
        return _unfactored(kernel)
    measured, exponent = _measured(kernel)
    u, strengths, vt = np.linalg.svd(measured, full_matrices=False)
    rank = int((strengths > _noise(kernel) * strengths[0]).sum())
    vertical, horizontal = np.zeros((count, height)), np.zeros((count, width))
    pair = _whole_pair(kernel) if is_whole(kernel) else None
    if pair is not None:
        rank, vertical[0], horizontal[0] = 1, pair[0], pair[1]
    else:
        root = np.ldexp(np.sqrt(strengths[:rank, None]), exponent // 2)
        vertical[:rank], horizontal[:rank] = u.T[:rank] * root, vt[:rank] * root
        signs = np.array([_sign(*two) for two in zip(vertical, horizontal, strict=True)])
        vertical, horizontal = _clean(vertical * signs[:, None]), _clean(horizontal * signs[:, None])
    with np.errstate(over="ignore"):
        strengths = np.ldexp(strengths, exponent)
    return Factors(kernel, vertical, horizontal, strengths, rank, pair is not None)


def _measured(kernel: Array) -> tuple[Doubles, int]:
    """Return the kernel over 2^e, its largest number near 1, and the even e.

    So that squares, of which strengths are made, are neither too large nor too small to be held.
    """
    exponent = int(np.frexp(largest(kernel))[1]) // 2 * 2
    return np.ldexp(kernel.astype(np.float64), -exponent), exponent


def _noise(kernel: Array) -> float:
    """Return what part of the largest strength is only rounding, as ``numpy.linalg.matrix_rank`` has it."""
    single = kernel.dtype == np.float32 and not (is_whole(kernel) and largest(kernel) <= EXACT_IN_SINGLE)
    return float(np.finfo(np.float32 if single else np.float64).eps) * max(kernel.shape)


def _clean(factors: Doubles) -> Doubles:
    """Return the factors with 0 for what is only a rounding of it."""
    noise = 8 * np.finfo(np.float64).eps * np.abs(factors).max(axis=1, keepdims=True)
    return np.where(np.abs(factors) <= noise, 0, factors)


def _unfactored(kernel: Array) -> Factors:
    """Return each row (or column, if these are fewer) times a 1 in its place."""
    height, width = kernel.shape
    numbers = kernel.astype(np.float64)
    count = min(height, width)
    one = np.eye(count)
    vertical, horizontal = (one, numbers) if height <= width else (numbers.T.copy(), one)
    unknown = np.zeros(count) * np.nan
    return Factors(kernel, vertical, horizontal, unknown, count, whole=False)


def _whole_pair(kernel: Array) -> tuple[Doubles, Doubles] | None:
    """Return a whole column and row whose product is the kernel, or None if its rank is not 1."""
    if not 0 < largest(kernel) < _LARGEST_WHOLE:
        return None
    numbers = kernel.astype(np.int64)
    first = numbers[np.flatnonzero(numbers.any(axis=1))[0]]
    row = first // np.gcd.reduce(first)
    pivot = int(np.flatnonzero(row)[0])
    column = numbers[:, pivot] // row[pivot]
    if not np.array_equal(np.outer(column, row), numbers):
        return None
    sign = _sign(column, row)
    return (column * sign).astype(np.float64), (row * sign).astype(np.float64)


def _sign(column: Array, row: Array) -> int:
    """Return -1 where both factors read better turned round: the one that smooths is positive."""
    total = row.sum() if abs(row.sum()) > 1e-9 * np.abs(row).sum() else column.sum()
    return -1 if total < 0 else 1
