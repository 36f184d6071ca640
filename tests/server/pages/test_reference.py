"""The reference page as it is written: every place once, every link to a place, nothing twice."""

from __future__ import annotations

import gzip
import re
from collections import Counter

import pytest
from starlette.testclient import TestClient

from engine.kernels import kernels
from engine.registry import all_operations
from engine.registry import operation as by_name

MOST_BYTES = 36_000
"""Of the page as it could travel."""


def page(client: TestClient, language: str) -> str:
    return client.get("/docs", params={"lang": language}).text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_place_is_there_once_and_every_link_leads_to_one(client, language):
    text = page(client, language)
    places = Counter(re.findall(r'\bid="([^"]+)"', text))
    assert [place for place, count in places.items() if count > 1] == []
    links = re.findall(r'href="#([^"]+)"', text)
    assert len(links) > 80
    assert set(links) <= set(places)


def test_operations_parameters_kernels_and_calls_have_links_that_last(client):
    places = set(re.findall(r'\bid="([^"]+)"', page(client, "en")))
    for operation in all_operations():
        assert operation.name in places
        assert {f"{operation.name}.{parameter.name}" for parameter in operation.parameters} <= places
    assert {f"kernel-{name}" for name in kernels()} <= places
    assert {"operations", "kernels", "calls", "family-convolution", "family-loss"} <= places
    assert {"post-api-run", "get-api-networks-name", "post-api-networks-name-predict"} <= places
    assert "ws-api-stream" in places


def test_every_operation_and_call_is_one_closed_fold(client):
    text = page(client, "en")
    assert text.count("<section ") == text.count("<details>") == text.count("<summary>")
    assert not re.search(r"<details[^>]*\bopen\b", text)


def test_what_is_code_in_a_docstring_is_code_on_the_page(client):
    text = page(client, "en")
    call = text.split('<section id="post-api-shape">')[1].split("</section>")[0]
    assert "<code>input_shape</code>" in call
    assert "`" not in call


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_light(client, language):
    assert len(gzip.compress(page(client, language).encode())) <= MOST_BYTES


def test_the_reference_shows_them_all(client):
    text = client.get("/docs").text
    assert len(text) < 1_000_000
    for operation in client.get("/api/operations").json()["operations"]:
        assert f'<section id="{operation["name"]}">' in text
        for name in (*operation["inputs"], *operation["outputs"]):
            assert f"<code>{name['name']}</code>" in text
        assert operation["family"]["texts"]["en"] in text


@pytest.mark.parametrize("name", ["conv2d", "max_pool2d"])
def test_the_reference_counts_the_law(client, name):
    text = client.get("/docs").text.split(f'<section id="{name}">')[1].split("</section>")[0]
    assert by_name(name).title.en in text
    assert "floor((5" in text
