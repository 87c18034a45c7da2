"""`saem new DIR`: a small program that works, to be turned into one's own."""

from pathlib import Path

import click

from saem.lib.content.beginning import begin, is_program_id

TEMPLATE = Path(__file__).resolve().parents[3] / "programs" / "example"


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--id", "program_id", help="The program's id; the folder's name unless you say otherwise.")
@click.option("--title", help="The program's title, for both languages until you translate it.")
def new_command(folder: Path, program_id: str | None, title: str | None) -> None:
    """Begin a program in FOLDER from the template programs/example; `saem check FOLDER` finds nothing wrong with it."""
    name = program_id or folder.resolve().name
    if not is_program_id(name):
        raise click.BadParameter(f"{name!r} is no id: small letters, digits, - and _", param_hint="--id")
    if title is not None and not (title.strip() and title.isprintable()):
        raise click.BadParameter("say it in one line", param_hint="--title")
    try:
        names = begin(TEMPLATE, folder, program_id=name, title=title)
    except FileExistsError as error:
        raise click.BadParameter(f"{folder} is not empty", param_hint="FOLDER") from error
    for each in names:
        click.echo(folder / each)
    click.echo(f"saem check {folder}")
