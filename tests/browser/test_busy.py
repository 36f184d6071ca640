"""While somebody sends the server rubbish, the page goes on."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from contextlib import closing

import numpy as np
import pytest

import engine
from tests.browser.colours import assert_shows
from tests.browser.test_first_load import SOBEL

pytestmark = pytest.mark.browser


def test_two_hundred_thousand_bad_rows_hold_nobody_up(lab):
    photo = lab.pixels()
    rows = ",".join(['["x"]'] * 200_000)
    body = ('{"operation": "conv2d", "weights": "sobel-x", "input": {"values": [%s]}}' % rows).encode()
    answers: list[tuple[int, int]] = []
    stop = threading.Event()

    def pester() -> None:
        while not stop.is_set() and len(answers) < 50:
            request = urllib.request.Request(
                lab.address + "api/run", body, {"Content-Type": "application/json"}
            )
            try:
                with closing(urllib.request.urlopen(request, timeout=30)) as reply:
                    answers.append((reply.status, len(reply.read())))
            except urllib.error.HTTPError as error:
                with error:
                    answers.append((error.code, len(error.read())))

    thread = threading.Thread(target=pester)
    thread.start()
    try:
        lab.get("param-stride").focus()
        for stride in range(2, 10):
            lab.page.keyboard.press("ArrowRight")
            lab.rest()
            assert_shows(lab, engine.conv2d(photo, SOBEL, stride=stride)[0])
    finally:
        stop.set()
        thread.join(60)
    assert answers
    assert {status for status, _ in answers} == {422}
    assert max(length for _, length in answers) < 2048


def test_two_pages_do_not_wait_for_each_other(open_lab):
    first, second = open_lab("size=64"), open_lab("size=96&k=sobel-y")
    first.get("param-stride").focus()
    second.get("param-dilation").focus()
    for _ in range(4):
        first.page.keyboard.press("ArrowRight")
        second.page.keyboard.press("ArrowRight")
    first.rest()
    second.rest()
    assert_shows(first, engine.conv2d(first.pixels(size=64), SOBEL, stride=5)[0])
    assert_shows(second, engine.conv2d(second.pixels(size=96), np.transpose(SOBEL), dilation=5)[0])
