"""`saem keys`: the keys that institutions sign badges with."""

import json

import click

from saem.apps.awards.issuers.services import rotate
from saem.apps.awards.models import IssuerKey
from saem.apps.people.models import Institution


@click.group("keys")
def keys_command() -> None:
    """List the keys that sign badges, or change one."""


@keys_command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the keys as JSON.")
def list_keys(*, as_json: bool) -> None:
    """Every institution's keys, public facts only."""
    rows = [facts_of(key) for key in IssuerKey.objects.select_related("institution").order_by("institution", "pk")]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['institution']} {row['name']} {row['state']} {row['controller']}#{row['key']}")


def facts_of(key: IssuerKey) -> dict[str, str | int]:
    state = "compromised" if key.compromised_at else "retired" if key.retired_at else "in force"
    return {
        "institution": key.institution_id,
        "name": key.institution.name,
        "key": key.name,
        "state": state,
        "controller": key.controller,
        "public": key.public,
    }


@keys_command.command("rotate")
@click.argument("institution")
@click.option("--compromised", is_flag=True, help="The present key may have got into other hands.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print the new key as JSON.")
def rotate_key(institution: str, *, compromised: bool, yes: bool, as_json: bool) -> None:
    """Put a new key in the place of INSTITUTION's (its number or its name). This cannot be undone."""
    by_number = {"pk": int(institution)} if institution.isdecimal() else {"name": institution}
    found = Institution.objects.filter(**by_number).first()
    if found is None:
        raise click.UsageError(f"there is no institution {institution!r}")
    if not yes:
        click.confirm(f"Destroy the private key of {found.name} and make a new one?", abort=True)
    key = rotate(found, by=None, is_compromised=compromised)
    key.institution = found
    click.echo(
        json.dumps(facts_of(key), ensure_ascii=False) if as_json else f"{found.name}: {key.controller}#{key.name}"
    )
