"""Predictions per second through REST: this engine beside ONNX Runtime behind the very same route."""

import http.client
import itertools
import json
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import cast
from urllib.parse import urlsplit

from benchmarks.service import service
from benchmarks.table import show
from benchmarks.timing import load, median

CLIENTS = (1, 4)
ROUNDS = 5
SECONDS = 2.0

Sizes = Iterator[tuple[int, int]]


class Client:
    """One connection that asks for predictions, one after another."""

    def __init__(self, address: str, network: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self._path = f"/api/networks/{network}/predict"

    def predict(self, size: tuple[int, int]) -> list[dict[str, object]]:
        """Return the classes of a part of a photo, (height, width) from its corner."""
        body = json.dumps({"image": "coffee", "crop": [0, 0, *size]})
        self._connection.request("POST", self._path, body, {"Content-Type": "application/json"})
        reply = self._connection.getresponse()
        content = reply.read()
        if reply.status != 200:
            raise RuntimeError(content.decode()[:300])
        return cast("list[dict[str, object]]", json.loads(content)["classes"])


def sizes() -> Sizes:
    """Return sizes of parts of the photo, no two alike: what was asked before would be answered at once."""
    return itertools.product(range(300, 400), range(300, 600))


def per_second(clients: list[Client], parts: Sizes, seconds: float) -> float:
    """Return how many predictions all clients together were given in a second."""
    end = time.perf_counter() + seconds

    def ask(client: Client) -> int:
        done = 0
        while time.perf_counter() < end:
            client.predict(next(parts))
            done += 1
        return done

    began = time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as threads:
        done = sum(threads.map(ask, clients))
    return done / (time.perf_counter() - began)


def available(address: str) -> list[str]:
    """Return the names of the networks that can be used."""
    with urllib.request.urlopen(f"{address}/api/networks") as reply:
        return [row["name"] for row in json.load(reply)["networks"] if row["available"]]


def check_alike(ours: Client, theirs: Client) -> None:
    """Insist that both name the same classes before any is timed; it also makes both load the network."""
    first, second = (client.predict((200, 200)) for client in (ours, theirs))
    names = [[one["name"] for one in found] for found in (first, second)]
    if names[0] != names[1]:
        raise RuntimeError(f"They do not agree: {names}")


def main() -> None:
    """Measure both services in turns, and print the table."""
    rows: list[list[str]] = []
    with service() as ours, service("benchmarks.onnx_service") as theirs:
        for network, count in itertools.product(available(ours), CLIENTS):
            sides = [[Client(address, network) for _ in range(count)] for address in (ours, theirs)]
            check_alike(sides[0][0], sides[1][0])
            parts = [sizes(), sizes()]
            found: list[list[float]] = [[], []]
            for _ in range(ROUNDS):
                for place in (0, 1):
                    found[place].append(per_second(sides[place], parts[place], SECONDS))
            us, them = map(median, found)
            rows.append([network, str(count), f"{us:.1f}", f"{them:.1f}", f"{us / them:.2f}"])
    show(
        f"Predictions per second through REST ({load()})",
        ("network", "clients", "ours", "ONNX Runtime", "ratio"),
        rows,
        f"Medians of {ROUNDS} turns of {SECONDS:g} s each; every request is for another part of a photo.",
    )


if __name__ == "__main__":
    main()
