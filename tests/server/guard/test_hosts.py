"""Foreign names: turned away before any route sees them."""

import pytest
from starlette.testclient import WebSocketDenialResponse

from server.settings import Settings
from tests.server.guard.service import SOCKET, client_for, error_of


class TestHosts:
    @pytest.mark.parametrize(
        "host",
        ["127.0.0.1", "127.0.0.1:8000", "localhost:9", "LOCALHOST", "localhost.", "[::1]:8000", "[0:0::1]"],
    )
    def test_own_names_are_answered(self, client, host):
        assert client.get("/", headers={"Host": host}).status_code == 200

    @pytest.mark.parametrize(
        "host",
        [
            "evil.example",
            "evil.example:8000",
            "127.0.0.1.evil.example",
            "localhost@evil.example",
            "192.168.1.1",
            "[::2]",
            "",
            "local host",
            "127.0.0.1:",
            "127.0.0.1:port",
            "[::1",
            "a" * 5000,
        ],
    )
    def test_foreign_and_malformed_names_are_400(self, client, host):
        error = error_of(client.get("/", headers={"Host": host}), 400)
        assert error["code"] == "unknown_host"
        assert "CONVSCOPE_ALLOWED_HOSTS" in error["message"]
        assert "evil" not in error["message"]

    def test_two_hosts_are_400(self, client):
        hosts = [("Host", "127.0.0.1"), ("Host", "evil.example")]
        assert client.get("/", headers=hosts).status_code == 400

    def test_names_are_a_setting(self):
        client = client_for(Settings(allowed_hosts=("lab.example",)), "http://lab.example")
        assert client.get("/").status_code == 200
        assert client.get("/", headers={"Host": "localhost"}).status_code == 400

    def test_serving_on_every_address_answers_to_addresses_but_not_to_foreign_names(self):
        client = client_for(Settings().serving("0.0.0.0"))
        for host in ("192.168.1.5:8000", "[2001:db8::5]"):
            assert client.get("/", headers={"Host": host}).status_code == 200
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 400

    def test_of_a_websocket_before_it_is_accepted(self, client):
        with (
            pytest.raises(WebSocketDenialResponse) as caught,
            client.websocket_connect(SOCKET, headers={"Host": "evil.example"}),
        ):
            pass
        assert caught.value.status_code == 400
