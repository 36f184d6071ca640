"""Learning rates over a run."""

from __future__ import annotations

import math

import pytest

from engine.training import Schedule


def test_a_constant_rate():
    assert {Schedule(0.3, "constant").rate(step, 10) for step in range(10)} == {0.3}


def test_half_a_cosine():
    schedule = Schedule(0.4, "cosine")
    assert schedule.rate(0, 8) == 0.4
    assert schedule.rate(4, 8) == pytest.approx(0.2)
    assert schedule.rate(2, 8) == pytest.approx(0.2 * (1 + math.sqrt(0.5)))
    rates = [schedule.rate(step, 100) for step in range(100)]
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] < 1e-3 * 0.4


def test_a_cosine_that_ends_above_0():
    assert Schedule(1.0, "cosine", last=0.1).rate(99_999, 100_000) == pytest.approx(0.1, abs=1e-6)


def test_warming_up_in_a_straight_line_to_the_peak():
    schedule = Schedule(0.5, "cosine", warm_up=0.25)
    assert [schedule.rate(step, 20) for step in range(6)] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.5])
    # In the middle of what is left after warming up.
    assert schedule.rate(6 + 9, 24) == pytest.approx(0.25)


def test_a_wave_begins_again():
    schedule = Schedule(0.08, "cosine", warm_up=0.1, restarts=((0.6, 0.5),))
    first = Schedule(0.08, "cosine", warm_up=10 / 60)
    assert [schedule.rate(step, 100) for step in range(60)] == [first.rate(step, 60) for step in range(60)]
    second = Schedule(0.04, "cosine")
    assert [schedule.rate(step, 100) for step in range(60, 100)] == [second.rate(at, 40) for at in range(40)]


def test_steps_down():
    schedule = Schedule(1.0, "step", drops=(0.5, 0.75), factor=0.1)
    assert [schedule.rate(step, 8) for step in (0, 3, 4, 5, 6, 7)] == pytest.approx(
        [1, 1, 0.1, 0.1, 0.01, 0.01]
    )


def test_an_unknown_shape_is_refused():
    with pytest.raises(ValueError, match="constant, cosine or step"):
        Schedule(0.1, "zigzag")
