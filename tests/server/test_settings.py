"""Settings come typed and checked from the environment, and say what is wrong with it."""

import dataclasses
from pathlib import Path

import pytest

from server.settings import ANY_ADDRESS, Settings, SettingsError


def read(**variables):
    return Settings.from_environment({f"CONVSCOPE_{name}": value for name, value in variables.items()})


def test_defaults_are_those_of_the_design():
    settings = Settings.from_environment({"PATH": "/bin", "HOME": "/root"})
    assert settings == Settings()
    assert settings.max_pixels == 40_000_000
    assert settings.max_upload_bytes == 20_000_000
    assert settings.max_body_bytes == 8_000_000
    assert settings.max_values == 1_000_000
    assert settings.max_json_values == 1_000_000
    assert settings.max_message_bytes == 1_048_576
    assert settings.store_bytes == 256_000_000
    assert settings.store_age == 24 * 3600
    assert settings.data is None


def test_every_field_can_be_set_and_is_typed():
    settings = read(
        MAX_PIXELS="1_000",
        BODY_TIMEOUT="2.5",
        DATA="/var/pictures",
        ALLOWED_HOSTS="example.org, 10.0.0.1,[2001:db8::1]",
        ALLOWED_ORIGINS="https://example.org,http://example.net:8080",
    )
    assert settings.max_pixels == 1000
    assert settings.body_timeout == 2.5
    assert settings.data == Path("/var/pictures")
    assert settings.allowed_hosts == ("example.org", "10.0.0.1", "[2001:db8::1]")
    assert settings.allowed_origins == ("https://example.org", "http://example.net:8080")


def test_an_empty_folder_means_none():
    assert read(DATA="").data is None


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("MAX_PIXELS", "many", "a whole number from 1 to 1,000,000,000"),
        ("MAX_PIXELS", "0", "from 1 to"),
        ("MAX_PIXELS", "1e6", "a whole number"),
        ("MAX_PIXELS", "-5", "from 1 to"),
        ("MAX_STRIDE", "", "a whole number from 1 to 4,096"),
        ("BODY_TIMEOUT", "nan", "a number from 0.01 to 3,600"),
        ("BODY_TIMEOUT", "inf", "a number from 0.01 to 3,600"),
        ("ALLOWED_HOSTS", "http://example.org", "host names or addresses"),
        ("ALLOWED_HOSTS", "example.org:80", "host names or addresses"),
        ("ALLOWED_HOSTS", "Example.org", "host names or addresses"),
        ("ALLOWED_ORIGINS", "example.org", "origins such as https://example.org"),
        ("ALLOWED_ORIGINS", "https://example.org/", "origins such as"),
        ("ALLOWED_ORIGINS", "null", "origins such as"),
    ],
)
def test_a_wrong_value_names_the_variable_and_what_is_allowed(name, value, allowed):
    with pytest.raises(SettingsError) as caught:
        read(**{name: value})
    assert f"CONVSCOPE_{name}" in str(caught.value)
    assert allowed in str(caught.value)


def test_an_unknown_variable_names_the_nearest():
    with pytest.raises(SettingsError, match=r"CONVSCOPE_MAX_PIXEL is not a setting.*CONVSCOPE_MAX_PIXELS"):
        read(MAX_PIXEL="5")


@pytest.mark.parametrize("value", [0, 2.5, "9", True, None])
def test_values_given_in_python_are_checked_as_well(value):
    with pytest.raises(SettingsError, match="CONVSCOPE_MAX_FRAMES"):
        dataclasses.replace(Settings(), max_frames=value)


def test_limits_are_the_engines():
    limits = Settings(max_stride=3, max_cells=7).limits()
    assert (limits.stride, limits.cells, limits.kernel) == (3, 7, 31)


@pytest.mark.parametrize(
    ("host", "served"),
    [
        ("192.168.1.5", "192.168.1.5"),
        ("Lab.Example.org", "lab.example.org"),
        ("::1", "[::1]"),
        ("2001:DB8:0::5", "[2001:db8::5]"),
        ("0.0.0.0", ANY_ADDRESS),
        ("::", ANY_ADDRESS),
    ],
)
def test_the_host_served_on_is_answered_to(host, served):
    hosts = Settings().serving(host).allowed_hosts
    assert served in hosts
    assert set(Settings().allowed_hosts) <= set(hosts)
