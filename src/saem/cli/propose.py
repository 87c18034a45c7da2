"""`saem propose PROGRAM_DIR`: a folder becomes a proposal of the site, or the next revision of one."""

import json
import sys
from pathlib import Path

import click

from saem.apps.catalog.models import Program, Proposal
from saem.apps.catalog.proposals import queries, saving
from saem.apps.catalog.proposals.files import read_folder
from saem.apps.catalog.proposals.models import Incoming
from saem.apps.people.models import User
from saem.cli.site import prepare_database
from saem.errors import SaemError
from saem.web.messages import message


@click.command("propose")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--as", "email", required=True, help="The e-mail address of the author who proposes.")
@click.option("--title", default="", help="What changes, in one line; needed to open a proposal.")
@click.option("--why", default="", help="Why; needed to open a proposal.")
@click.option("--proposal", type=int, help="Save to this open proposal instead of opening one.")
@click.option("--revision", type=int, help="The revision that the folder was made of; needed with --proposal.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def propose_command(
    folder: Path, *, email: str, title: str, why: str, proposal: int | None, revision: int | None, as_json: bool
) -> None:
    """Propose the program in FOLDER as a change of the published program of the same name."""
    prepare_database()
    program, user = _program(folder.resolve().name), _author(email)
    if not queries.may_write(user, program):
        raise click.UsageError(f"{email} writes for none of the institutions of {program.slug}")
    if proposal is None and not (title and why):
        raise click.UsageError("say what changes and why: --title TEXT --why TEXT")
    if proposal is not None and revision is None:
        raise click.UsageError("say which revision the folder was made of: --revision NUMBER")
    try:
        outcome = _save(program, user, folder, title=title, why=why, proposal=proposal, revision=revision)
    except SaemError as error:
        click.echo(message(error.code, **error.params))
        sys.exit(1)
    click.echo(json.dumps(outcome) if as_json else " ".join(f"{key} {value}" for key, value in outcome.items()))


def _save(
    program: Program,
    user: User,
    folder: Path,
    *,
    title: str,
    why: str,
    proposal: int | None,
    revision: int | None,
) -> dict[str, object]:
    files = read_folder(folder)
    if proposal is None or revision is None:
        opened = saving.open_proposal(program, by=user, title=title, why=why, files=files)
        return {"proposal": opened.pk, "revision": 1}
    found = Proposal.objects.filter(pk=proposal, program=program).first()
    if found is None or not found.revisions.filter(number=revision).exists():
        raise click.UsageError(f"{program.slug} has no proposal {proposal} with a revision {revision}")
    outcome = saving.save(found, files, by=user, seen=revision)
    if isinstance(outcome, Incoming):
        return {"proposal": found.pk, "waits": outcome.pk}
    return {"proposal": found.pk, "revision": outcome.number}


def _program(slug: str) -> Program:
    found = Program.objects.select_related("agreement", "owner").filter(slug=slug, versions__isnull=False).first()
    if found is None:
        raise click.UsageError(f"{slug} is not published yet: saem publish")
    return found


def _author(email: str) -> User:
    found = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if found is None:
        raise click.UsageError(f"nobody here has the address {email}")
    return found
