"""What only shows on a real connection: message limits, compression, hosts, the end."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from server.__main__ import main
from tests.served import served
from tests.server.stream.talk import RUN

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address():
    with served() as address:
        yield address


def converse(address, **options):
    return connect(f"ws://{address}/api/stream", open_timeout=10, close_timeout=5, max_size=None, **options)


def test_frames_travel_uncompressed(address):
    with converse(address, compression="deflate") as socket:
        assert not socket.protocol.extensions
        socket.send(json.dumps(RUN | {"id": 1, "input": {"image": "coffee", "size": 640}}))
        messages = [socket.recv(10) for _ in range(3)]
    assert [type(message) for message in messages] == [str, bytes, str]
    assert len(messages[1]) > 398 * 598


def test_a_message_over_the_limit_closes_with_1009(address):  # fault 21
    with converse(address) as socket:
        socket.send(" " * (2**20 + 1))
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009
    with converse(address) as socket:  # and the service goes on
        socket.send(json.dumps(RUN | {"id": 1}))
        assert "shape" in socket.recv(10)


def test_a_foreign_origin_gets_403(address):  # fault 22
    for origin in ("http://evil.example", "null"):
        with pytest.raises(InvalidStatus) as refused, converse(address, origin=origin):
            pass
        assert refused.value.response.status_code == 403
    with converse(address, origin=f"http://{address}") as socket:
        socket.send(json.dumps({"id": 1, "type": "cancel"}))


def test_a_taken_port_is_said_in_a_sentence(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 1
    assert f"Cannot listen on 127.0.0.1, port {port}" in capsys.readouterr().err


def test_a_setting_out_of_range_is_said_in_a_sentence(capsys, monkeypatch):
    monkeypatch.setenv("CONVSCOPE_MAX_KERNEL", "0")
    assert main(["--port", "0"]) == 2
    assert "CONVSCOPE_MAX_KERNEL" in capsys.readouterr().err


@pytest.mark.slow
def test_it_runs_from_a_copy_with_nothing_beside_it(tmp_path):
    """Tracked files alone, in an empty folder: no data from elsewhere, no installed package."""
    copy = tmp_path / "alone" / "convscope"
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    for name in filter(None, tracked.stdout.split("\0")):
        source, target = ROOT / name, copy / name
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CONVSCOPE_", "PYTHON"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "server", "--port", "0"],
        cwd=copy,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        assert said.startswith("Convscope is at http://127.0.0.1:"), said
        address = said.split("//")[1].split("/")[0]
        with converse(address) as stream:
            stream.send(json.dumps(RUN | {"id": 1, "input": {"image": "palace"}}))
            assert "shape" in stream.recv(20)
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def test_a_long_answer_leaves_others_their_turns(address):
    """While a million numbers become text, others are answered (test_json_text counts the pieces)."""
    body = {
        "operation": "interpolate",
        "input": {"values": [[[1, 2], [3, 4.5]]]},
        "params": {"size": [1000, 1000], "mode": "bilinear"},
    }
    turns = 0
    with ThreadPoolExecutor() as pool, httpx2.Client(base_url=f"http://{address}") as others:
        answer = pool.submit(httpx2.post, f"http://{address}/api/run", json=body, timeout=60)
        while not answer.done():
            assert others.get("/livez").status_code == 200
            turns += 1
    assert len(answer.result().content) > 2e7
    assert turns > 10
