"""Talking over the stream: a wish, and all that answers it."""

from __future__ import annotations

import json

from tests.server.wire.test_frames import decode

RUN = {
    "type": "run",
    "operation": "conv2d",
    "weights": "sobel-x",
    "input": {"image": "cat", "size": 32},
    "params": {},
}


def answer(socket, number):
    """Collect all messages until done or error of this id."""
    texts, frames = [], []
    while True:
        message = socket.receive()
        if message.get("bytes") is not None:
            frames.append(decode(message["bytes"]))
            continue
        text = json.loads(message["text"])
        texts.append(text)
        if text["type"] in ("done", "error") and text["id"] == number:
            return texts, frames
