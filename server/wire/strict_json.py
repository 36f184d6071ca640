"""JSON as the service takes it: an object of finite numbers, bounded in size and depth.

One call reads a body of a megabyte in some ten milliseconds. What costs more, a walk
through every value, happens only to bodies whose text holds something suspicious.
"""

from __future__ import annotations

import gc
import math
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from typing import TypeAlias, cast

import pydantic_core
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from engine.texts import Text
from server.errors import ApiError, Json

JsonObject: TypeAlias = "dict[str, Json]"

# Beyond this many bytes a body is parsed in a thread; below, the hand-over costs more.
_LARGE = 65_536
# What a body may hold beside its numbers before they are counted one by one.
_SLACK = 100_000
_LONG_EXPONENTS = {b"e": re.compile(rb"e\+?\d{3}"), b"E": re.compile(rb"E\+?\d{3}")}
_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_LONG_NUMBER = b"0" * 200
_NUMBERS: frozenset[type] = frozenset((int, float))
_CONTAINERS: frozenset[type] = frozenset((list, dict))

# Where a list or object stands: its parent's place and its key there.
_Place: TypeAlias = "tuple[_Place, str | int] | None"


def parse_object(data: bytes | str, max_values: int) -> JsonObject:
    """Return the JSON object that ``data`` spells.

    Args:
        data: UTF-8 bytes, or text.
        max_values: how many numbers it may hold.

    Raises:
        ApiError: 400 ``bad_json`` (not UTF-8, not JSON); 422 ``not_an_object``,
            ``not_finite`` (NaN, Infinity, or a number beyond float64, with its field),
            ``too_deep`` (more than 200 levels) or ``too_many_values``.
    """
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    # Every list but the outermost is itself a value of another, so a body holds at most
    # one number more than it holds commas.
    commas = raw.count(b",")
    lists = raw.count(b"[") + raw.count(b"{")
    if max(commas, lists) > max_values + _SLACK:
        raise _too_many(max_values)
    try:
        parsed = _build(raw)
    except ValueError as error:
        raise _refusal(raw, str(error)) from None
    if not isinstance(parsed, dict):
        raise ApiError(
            422,
            "not_an_object",
            Text("The body must be a JSON object: {...}.", "请求体必须是 JSON 对象：{...}。"),
        )
    if commas >= max_values and _count(parsed) > max_values:
        raise _too_many(max_values)
    if _is_suspicious(raw):
        _check_finite(parsed)
    return parsed


def json_body(max_values: int) -> Callable[[Request], Awaitable[JsonObject]]:
    """Return a dependency that reads a request's body as a JSON object.

    How many bytes it may have and how long they may take is the body guard's business.

    Raises:
        ApiError: as ``parse_object`` does.
    """

    async def read(request: Request) -> JsonObject:
        body = await request.body()
        if len(body) > _LARGE:
            return await run_in_threadpool(parse_object, body, max_values)
        return parse_object(body, max_values)

    return read


def _build(raw: bytes) -> Json:
    # Building a tree of many lists sets off collections of garbage, each of which walks the
    # tree so far: two thirds of the time that 200,000 rows take, and nobody else runs in it.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return cast("Json", pydantic_core.from_json(raw, allow_inf_nan=True, cache_strings="keys"))
    finally:
        if collecting:
            gc.enable()


def _is_suspicious(raw: bytes) -> bool:
    """Tell whether ``raw`` may spell a number that float64 cannot hold.

    Such a number is named, has three digits in its exponent, or 200 elsewhere.
    """
    # Most bodies hold no such letter, and to find that out is many times as quick.
    if (b"N" in raw and b"NaN" in raw) or (b"I" in raw and b"Infinity" in raw):
        return True
    for letter, exponent in _LONG_EXPONENTS.items():
        if letter in raw and exponent.search(raw):
            return True
    return _LONG_NUMBER in raw.translate(_DIGITS)


def _containers(root: JsonObject) -> Iterator[tuple[_Place, Iterable[str | int], Sequence[Json]]]:
    """Yield every list and object of ``root``: its place, its keys and its values."""
    stack: list[tuple[_Place, list[Json] | JsonObject]] = [(None, root)]
    while stack:
        place, node = stack.pop()
        keys = range(len(node)) if isinstance(node, list) else list(node)
        values = node if isinstance(node, list) else list(node.values())
        yield place, keys, values
        if not _CONTAINERS.isdisjoint(map(type, values)):
            for key, value in zip(keys, values, strict=True):
                if isinstance(value, (list, dict)):
                    stack.append(((place, key), value))


def _count(root: JsonObject) -> int:
    return sum(kind in _NUMBERS for _, _, values in _containers(root) for kind in map(type, values))


def _check_finite(root: JsonObject) -> None:
    for place, keys, values in _containers(root):
        # A sum is quick, and never finite if a term is not.
        if _NUMBERS.issuperset(map(type, values)) and _has_finite_sum(values):
            continue
        for key, value in zip(keys, values, strict=True):
            if type(value) in _NUMBERS and not _has_finite_sum((value,)):
                raise _not_finite(_path((place, key)))


def _has_finite_sum(values: Sequence[Json]) -> bool:
    try:
        return math.isfinite(sum(cast("Sequence[float]", values)))
    except OverflowError:
        return False


def _path(place: _Place) -> str:
    keys: list[str] = []
    while place is not None:
        place, key = place
        keys.append(str(key))
    return ".".join(reversed(keys))


def _not_finite(path: str | None) -> ApiError:
    text = Text(
        "{name} must be finite: no NaN, no Infinity, nothing beyond 1.8e308.",
        "{name}必须有限：没有 NaN 和 Infinity，不超过 1.8e308。",
    )
    return ApiError(422, "not_finite", text.put(name=path or Text("A number", "每个数")), path)


def _too_many(max_values: int) -> ApiError:
    text = Text(
        "The body holds too many values; the limit ({limit}) is {max}.",
        "请求中的数字太多；上限（{limit}）为 {max}。",
    )
    return ApiError(422, "too_many_values", text, None, {"max": max_values, "limit": "max_values"})


def _refusal(raw: bytes, said: str) -> ApiError:
    if "recursion limit" in said:
        deep = Text(
            "The body is nested too deeply; {max} levels are allowed.", "请求嵌套过深；最多允许 {max} 层。"
        )
        return ApiError(422, "too_deep", deep, values={"max": 200})
    if "number out of range" in said:
        return _not_finite(None)
    if not raw.strip():
        return ApiError(
            400,
            "bad_json",
            Text(
                "The body is empty; a JSON object is needed: {...}.",
                "请求体为空；需要一个 JSON 对象：{...}。",
            ),
        )
    text = Text("The body is not valid JSON: {said}.", "请求体不是有效的 JSON：{said}。")
    return ApiError(400, "bad_json", text.put(said=said[:200]))
