"""`saem check PROGRAM_DIR`: every problem of a program folder, with file, line and remedy."""

import json
import sys
from pathlib import Path

import click
from django.conf import settings
from django.utils import translation

from saem.apps.catalog.checking import CheckReport, check_program
from saem.cli.own_sandbox import own_sandbox
from saem.cli.told import print_problems, problem_data


def check_folder(folder: Path) -> CheckReport:
    """Check with a sandbox of our own; caches lie in the site's home."""
    with own_sandbox() as sandbox:
        return check_program(
            folder,
            sandbox=sandbox,
            cache=settings.HOME / "cache" / "sources",
            mirrors=settings.DATA_MIRRORS,
            download=settings.DATA_DOWNLOAD,
        )


def as_data(report: CheckReport, language: str) -> dict[str, object]:
    """The report as JSON data."""
    return {
        "program": report.program.id if report.program else None,
        "version": report.content_hash,
        "ok": report.ok,
        "problems": [problem_data(problem, language) for problem in report.problems],
    }


def print_report(report: CheckReport, language: str) -> None:
    print_problems(report.problems, language)
    errors = sum(problem.severity == "error" for problem in report.problems)
    name = report.program.id if report.program else "?"
    click.echo(f"{name}: {errors} errors, {len(report.problems) - errors} warnings  {report.content_hash}")


@click.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option("--language", type=click.Choice(["ko", "en"]), default="ko", show_default=True)
def check_command(folder: Path, language: str, *, as_json: bool) -> None:
    """Validate the program in FOLDER; run its solutions, which must pass, and its wrong answers, which must fail."""
    with translation.override(language):
        report = check_folder(folder)
        if as_json:
            click.echo(json.dumps(as_data(report, language), ensure_ascii=False))
        else:
            print_report(report, language)
    sys.exit(0 if report.ok else 1)
