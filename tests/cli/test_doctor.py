"""`saem doctor` on the keys that sign badges."""

import pytest
from django.conf import settings

from saem.apps.awards.issuers.services import signer_for
from saem.apps.awards.models import IssuerKey
from saem.cli.doctor import credentials
from tests.cast import a_school

pytestmark = pytest.mark.django_db


def wrong() -> list[str]:
    return [finding.name for finding in credentials() if not finding.is_ok]


def test_it_tries_whether_keys_can_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    signer_for(a_school())
    assert wrong() == []
    monkeypatch.setattr(settings, "CREDENTIALS_KEY", "y" * 40)
    assert wrong() == ["issuer keys"]


def test_it_notices_a_secret_that_is_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    signer_for(a_school())
    gone = tmp_path_factory.mktemp("home") / "credentials_key"
    monkeypatch.setattr(settings, "CREDENTIALS_KEY_FILE", gone)
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["saem.example"])
    assert wrong() == ["credentials key", "issuer keys"]
    assert not gone.exists()


def test_it_notices_a_site_that_moved() -> None:
    signer_for(a_school())
    IssuerKey.objects.update(controller="did:web:old.example:issuers:1")
    assert wrong() == ["issuer addresses"]
