"""`saem keys`: what it lists, and what it changes once it was told to."""

import json

import pytest
from click.testing import CliRunner

from saem.apps.awards.issuers.services import signer_for
from saem.apps.awards.models import IssuerKey
from saem.cli.keys import keys_command
from tests.cast import a_school

pytestmark = pytest.mark.django_db


def test_it_lists_public_facts_and_changes_a_key_after_asking() -> None:
    school = a_school()
    signer_for(school)
    run = CliRunner().invoke
    (row,) = json.loads(run(keys_command, ["list", "--json"]).output)
    assert (row["institution"], row["state"], row["public"][0]) == (school.pk, "in force", "z")
    assert "PRIVATE" not in run(keys_command, ["list"]).output
    assert run(keys_command, ["rotate", str(school.pk)], input="n\n").exit_code == 1
    assert IssuerKey.objects.count() == 1
    made = json.loads(run(keys_command, ["rotate", school.name, "--yes", "--compromised", "--json"]).output)
    assert made["key"] == "key-2"
    assert [row["state"] for row in json.loads(run(keys_command, ["list", "--json"]).output)] == [
        "compromised",
        "in force",
    ]


def test_an_unknown_institution_is_used_wrongly() -> None:
    assert CliRunner().invoke(keys_command, ["rotate", "no such", "--yes"]).exit_code == 2
