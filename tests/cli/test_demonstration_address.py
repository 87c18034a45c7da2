"""What the demonstration writes leads to where it is served."""

import os

import pytest

from saem.apps.notices.words import address_of
from saem.cli.demo import serve_at
from saem.cli.serve import children


@pytest.fixture(autouse=True)
def nobody_named_an_address(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    # Set before it is deleted, so that what the demonstration writes is taken back afterwards.
    monkeypatch.setenv("SAEM_SITE_URL", "")
    monkeypatch.delenv("SAEM_SITE_URL")
    settings.SITE_URL = "http://127.0.0.1:8000"


def test_letters_lead_to_the_address_that_is_served():
    serve_at("127.0.0.1:8123")
    assert address_of("/join/") == "http://127.0.0.1:8123/join/"
    started = children(address="127.0.0.1:8123", web_processes=1, workers=1)
    assert {child.environment.get("SAEM_SITE_URL") for child in started} == {"http://127.0.0.1:8123"}


def test_an_address_that_somebody_named_is_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SAEM_SITE_URL", "https://saem.example")
    serve_at("127.0.0.1:8123")
    assert address_of("/join/") == "https://saem.example/join/"
    assert os.environ["SAEM_SITE_URL"] == "https://saem.example"
