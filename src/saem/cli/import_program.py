"""`saem import-program SOURCE --into PROGRAM_DIR --from …`: content of other systems to start from."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click
from django.utils import translation

from saem.cli.told import print_problems, problem_data
from saem.lib.content import ArchiveError, Problem, Severity
from saem.lib.content.archive import unzipped
from saem.lib.content.exchange import Carried, import_book, import_cartridge, import_items
from saem.lib.content.exchange.folders import in_the_way, read_folder
from saem.lib.content.problems import in_order
from saem.web.messages import message

MAX_BYTES = 200 * 2**20


def program_of(source: Path) -> Carried:
    return Carried(unzipped(data_of(source)), ())


def items_of(source: Path) -> Carried:
    return import_items(source.name, data_of(source))


def cartridge_of(source: Path) -> Carried:
    return import_cartridge(source.name, data_of(source))


def book_of(source: Path) -> Carried:
    if source.is_dir():
        files, problems = read_folder(source)
    else:
        data = data_of(source)
        files, problems = (unzipped(data) if source.suffix == ".zip" else {source.name: data}), []
    done = import_book(files)
    return Carried(done.files, in_order([*problems, *done.problems]))


def data_of(source: Path) -> bytes:
    if not source.is_file():
        raise click.UsageError(f"{source} is not a file")
    if source.stat().st_size > MAX_BYTES:
        raise click.UsageError(f"{source} has more than {MAX_BYTES // 2**20} MB")
    return source.read_bytes()


WAYS: dict[str, Callable[[Path], Carried]] = {
    "zip": program_of,
    "qti": items_of,
    "cartridge": cartridge_of,
    "book": book_of,
}


def brought(source: Path, way: str) -> Carried:
    """What comes along; an unsafe zip is a problem like any other."""
    try:
        return WAYS[way](source)
    except ArchiveError as error:
        return Carried({}, (Problem(file=source.name, line=1, code=error.code, params=error.params),))


def changes_of(folder: Path, done: Carried) -> list[tuple[str, str]]:
    return [(name, "changed" if (folder / name).exists() else "created") for name in done.files]


@click.command("import-program")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder of the program."
)
@click.option("--from", "way", type=click.Choice(list(WAYS)), required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.option("--json", "as_json", is_flag=True, help="Print changes and problems as JSON.")
@click.option("--language", type=click.Choice(["ko", "en"]), default="ko", show_default=True)
def import_program_command(
    source: Path, into: Path, way: str, language: str, *, dry_run: bool, force: bool, as_json: bool
) -> None:
    """Write what SOURCE holds into a program's folder: a program's zip, QTI items, a Common Cartridge, or a
    Jupyter Book, page or notebook.

    What could not be carried over is listed. `saem check` then says what is missing.
    """
    done = brought(source, way)
    taken = [] if force else in_the_way(into, done.files)
    problems = [*taken, *done.problems]
    changes = [] if taken else changes_of(into, done)
    try:
        for name, _ in [] if dry_run else changes:
            path = into / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(done.files[name])
    except OSError as error:
        raise click.ClickException(str(error)) from error
    with translation.override(language):
        report(problems, changes, language, dry_run=dry_run, as_json=as_json)
    sys.exit(1 if any(each.severity is Severity.ERROR for each in problems) else 0)


def report(
    problems: list[Problem], changes: list[tuple[str, str]], language: str, *, dry_run: bool, as_json: bool
) -> None:
    if as_json:
        said = {
            "ok": not any(each.severity is Severity.ERROR for each in problems),
            "changes": [{"file": name, "change": change} for name, change in changes],
            "problems": [problem_data(each, language) for each in problems],
        }
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    print_problems(problems, language)
    would = {"created": "would_create", "changed": "would_change"}
    for name, change in changes:
        click.echo(message(f"authoring.{would[change] if dry_run else change}", file=name))
    if not changes:
        click.echo(message("authoring.nothing_written"))
