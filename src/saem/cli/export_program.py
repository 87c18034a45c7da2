"""`saem export-program PROGRAM_DIR OUT --to zip|qti|book`: a program for other systems."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click
from django.utils import translation

from saem.cli.told import print_problems, problem_data
from saem.lib.content import Program, load
from saem.lib.content.archive import zipped
from saem.lib.content.exchange import Carried, export_book, export_items
from saem.lib.content.files import walk
from saem.web.messages import message

ZIP = ".zip"
Export = Callable[[Program, Path], Carried]


def carried(folder: Path, export: Export) -> Carried:
    """What is exported; nothing where the program does not load."""
    loaded = load(folder)
    return export(loaded.program, folder) if loaded.program is not None else Carried({}, loaded.problems)


def as_it_is(_program: Program, folder: Path) -> Carried:
    return Carried({name: path.read_bytes() for name, path in walk(folder)}, ())


def write(out: Path, files: Mapping[str, bytes]) -> None:
    """As one zip where the name says so, else as a folder."""
    if out.suffix == ZIP:
        out.write_bytes(zipped(files.items()))
        return
    for name, data in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def refuse_taken(out: Path, *, force: bool) -> None:
    if out.suffix == ZIP:
        if out.exists() and not force:
            raise click.UsageError(f"{out} is there already; --force writes over it")
    elif out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise click.UsageError(f"{out} is not an empty folder")


@click.command("export-program")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--to", type=click.Choice(["zip", "qti", "book"]), required=True)
@click.option(
    "--language",
    type=click.Choice(["ko", "en"]),
    default="ko",
    show_default=True,
    help="Of the book and of what is said.",
)
@click.option(
    "--variants",
    type=click.IntRange(1, 50),
    default=1,
    show_default=True,
    help="QTI files of each item whose values vary.",
)
@click.option("--force", is_flag=True, help="Write over a zip that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print files and problems as JSON.")
def export_program_command(
    folder: Path, out: Path, to: str, language: str, variants: int, *, force: bool, as_json: bool
) -> None:
    """Write the program in FOLDER to OUT, a .zip or a new folder: as it is, its items as QTI 3.0, or a Jupyter Book."""
    refuse_taken(out, force=force)
    ways: dict[str, Export] = {
        "zip": as_it_is,
        "qti": lambda program, at: export_items(program, at, variants=variants),
        "book": lambda program, at: export_book(program, at, language),
    }
    done = carried(folder, ways[to])
    try:
        if done.files:
            write(out, done.files)
    except OSError as error:
        raise click.ClickException(str(error)) from error
    with translation.override(language):
        if as_json:
            problems = [problem_data(each, language) for each in done.problems]
            click.echo(
                json.dumps(
                    {"ok": bool(done.files), "files": list(done.files), "problems": problems}, ensure_ascii=False
                )
            )
        else:
            print_problems(done.problems, language)
            written = {"file": out.name, "count": len(done.files)}
            click.echo(message("exchange.written", **written) if done.files else message("authoring.nothing_written"))
    sys.exit(0 if done.files else 1)
