"""Texts made once: found again, bounded in all, safe to share."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from server.text_cache import Texts


def never() -> str:
    pytest.fail("it is kept, and need not be made")


def test_what_was_made_is_not_made_again():
    texts = Texts(100)
    assert texts.get("a", lambda: "one") == "one"
    assert texts.get("a", never) == "one"


def test_the_least_used_makes_room():
    texts = Texts(40)
    for key in "abcd":
        texts.get(key, lambda: "x" * 10)
    texts.get("a", never)
    texts.get("e", lambda: "y" * 10)
    texts.get("a", never)
    assert texts.get("b", lambda: "made anew") == "made anew"


def test_a_long_text_is_given_and_not_kept():
    texts = Texts(40)
    assert texts.get("a", lambda: "x" * 11) == "x" * 11
    assert texts.get("a", lambda: "short") == "short"


def test_a_text_that_cannot_be_made_leaves_nothing_behind():
    texts = Texts(40)
    with pytest.raises(ZeroDivisionError):
        texts.get("a", lambda: str(1 // 0))
    assert texts.get("a", lambda: "now") == "now"


def test_many_threads_at_once_stay_within_bounds():
    texts = Texts(400)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: texts.get(n % 90, lambda: f"{n % 90:10}"), range(3000)))
    assert found == [f"{n % 90:10}" for n in range(3000)]
    assert texts._length == sum(map(len, texts._kept.values())) <= 400


def test_texts_are_kept_within_their_bound():
    texts, made = Texts(20), []

    def make(text: str):
        return lambda: made.append(text) or text

    for key in "aabcdea":
        assert texts.get(key, make(key * 5)) == key * 5
    assert made == ["a" * 5, "b" * 5, "c" * 5, "d" * 5, "e" * 5, "a" * 5]
    assert texts.get("long", make("x" * 6)) == "x" * 6
    assert texts.get("e", make("new")) == "e" * 5
    assert texts.get("long", make("y" * 6)) == "y" * 6
