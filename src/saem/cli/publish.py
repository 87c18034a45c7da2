"""`saem publish PROGRAM_DIR`: make the folder's content a version of the site."""

import json
import sys
from pathlib import Path

import click
from django.utils import translation

from saem.apps.catalog.checking import problem_remedy, problem_text
from saem.apps.catalog.services import PublicationRefused, publish
from saem.apps.people.models import Institution, InstitutionKind
from saem.cli.own_sandbox import own_sandbox
from saem.cli.site import prepare_database


@click.command("publish")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--institution", default="", help="The institution that owns the program; needed for a new program.")
@click.option("--json", "as_json", is_flag=True, help="Print the version as JSON.")
def publish_command(folder: Path, institution: str, *, as_json: bool) -> None:
    """Check the program in FOLDER and publish it as an immutable version, named by the hash of its content."""
    prepare_database()
    owner = find_owner(institution)
    try:
        with own_sandbox() as sandbox, translation.override("ko"):
            version = publish(folder, by=None, owner=owner, sandbox=sandbox)
    except PublicationRefused as refusal:
        for problem in refusal.problems:
            click.echo(f"{problem.file}:{problem.line}: {problem.severity}: {problem_text(problem, 'ko')}")
            click.echo(f"    → {problem_remedy(problem, 'ko')}")
        sys.exit(1)
    facts = {"program": version.program.slug, "number": version.number, "version": version.content_hash}
    click.echo(json.dumps(facts) if as_json else f"{facts['program']} {facts['number']}  {facts['version']}")


def find_owner(name: str) -> Institution:
    """The named institution, or the only one there is; a first one is made from the name."""
    if name:
        return Institution.objects.get_or_create(name=name, defaults={"kind": InstitutionKind.OFFICE})[0]
    known = list(Institution.objects.all()[:2])
    if len(known) != 1:
        raise click.UsageError("say who owns the program: --institution NAME")
    return known[0]
