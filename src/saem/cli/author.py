"""`saem author SOURCE.ipynb --into PROJECT_DIR`: one notebook becomes starters, solution, questions and checks."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
from django.utils import translation

from saem.apps.catalog.checking import problem_remedy, problem_text
from saem.lib.content import Problem, Severity
from saem.lib.content.authoring import Code, Fate, Made, apply, import_notebook, make, plan, source_of
from saem.lib.grading import parse_spec
from saem.web.messages import message

WOULD = {Fate.CREATED: "would_create", Fate.CHANGED: "would_change", Fate.REMOVED: "would_remove"}
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@dataclass
class Report:
    """`changes` are (file, fate); `stands` where they were made, or would be, in spite of problems."""

    stands: bool = False
    changes: list[tuple[str, Fate]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not any(each.severity is Severity.ERROR for each in self.problems)


def into_project(source: Path, folder: Path, *, force: bool, dry_run: bool) -> Report:
    made = make(source.name, source.read_bytes())
    planned = plan(folder, made, force=force)
    report = Report(problems=[*made.problems, *spec_problems(source.name, made), *planned.problems])
    report.changes = [(each.file, each.fate) for each in planned.changes]
    report.stands = report.ok
    if report.ok and not dry_run:
        apply(planned)
    return report


def spec_problems(file: str, made: Made) -> Iterator[Problem]:
    """What grading does not understand, at the cell that says it. A cell with a problem already is told once."""
    told = {each.params.get("cell") for each in made.problems if each.severity is Severity.ERROR}
    if not made.questions:
        return
    for each in parse_spec({"notebook": {"questions": made.questions}}, path="")[1]:
        path = each.path.removeprefix(".notebook.")
        cell, line = next((made.places[place] for place in _above(path) if place in made.places), (0, 1))
        if cell not in told:
            params = {**each.params, "cell": cell, "cell_line": line}
            yield Problem(file=file, line=line, code=each.code, params=params, severity=Severity(each.severity))


def _above(path: str) -> Iterator[str]:
    """The path, and everything that it lies in."""
    while path:
        yield path
        path = path.rpartition(".")[0]


def into_source(source: Path, data: bytes | None, problems: Iterable[Problem], *, force: bool, dry_run: bool) -> Report:
    """Write a notebook that was made of something else; problems of it are for its author to mend."""
    report = Report(problems=list(problems))
    if data is None:
        return report
    current = source.read_bytes() if source.is_file() else None
    fate = Fate.CREATED if current is None else Fate.UNCHANGED if current == data else Fate.CHANGED
    if fate is Fate.CHANGED and not force:
        report.problems = [Problem(file=source.name, line=1, code=Code.SOURCE_EXISTS, params={"name": source.name})]
        return report
    report.changes, report.stands = [(source.name, fate)], True
    if not dry_run:
        source.write_bytes(data)
    return report


def from_folder(source: Path, folder: Path, *, force: bool, dry_run: bool) -> Report:
    data, problems = source_of(folder, source.name)
    report = into_source(source, data, problems, force=force, dry_run=dry_run)
    if data is not None and report.ok and not dry_run:
        # Files that agree with the source are ours from now on; the others stay in their author's hands.
        planned = plan(folder, make(source.name, data))
        apply(planned.unchanged())
    return report


def run(
    source: Path, into: Path | None, project: Path | None, notebook: Path | None, *, force: bool, dry_run: bool
) -> Report:
    """The one way of three that was asked for."""
    if into is not None:
        return into_project(source, into, force=force, dry_run=dry_run)
    if project is not None:
        return from_folder(source, project, force=force, dry_run=dry_run)
    data, problems = import_notebook(source.name, notebook.read_bytes() if notebook else b"")
    return into_source(source, data, problems, force=force, dry_run=dry_run)


def as_data(report: Report, language: str) -> dict[str, object]:
    return {
        "ok": report.ok,
        "changes": [{"file": file, "change": fate} for file, fate in report.changes if report.stands],
        "problems": [
            {
                "file": each.file,
                "cell": each.params.get("cell") or None,
                "line": each.line,
                "severity": each.severity,
                "code": each.code,
                "message": problem_text(each, language),
                "remedy": problem_remedy(each, language),
            }
            for each in report.problems
        ],
    }


def print_report(report: Report, language: str, *, dry_run: bool) -> None:
    for each in report.problems:
        cell = each.params.get("cell")
        place = (
            message("authoring.place", file=each.file, cell=cell, line=each.line)
            if cell
            else f"{each.file}:{each.line}"
        )
        click.echo(f"{place}: {each.severity}: {problem_text(each, language)}")
        click.echo(f"    → {problem_remedy(each, language)}")
    if not report.stands:
        click.echo(message("authoring.nothing_written"))
        return
    for file, fate in report.changes:
        click.echo(message(f"authoring.{WOULD.get(fate, fate) if dry_run else fate}", file=file))


@click.command("author")
@click.argument("source", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--into", type=FOLDER, help="Write SOURCE into this project's folder.")
@click.option("--from-project", "project", type=FOLDER, help="Write SOURCE from this project's folder.")
@click.option(
    "--from-notebook", "notebook", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Write SOURCE from a notebook marked for nbgrader or otter-grader.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--force", is_flag=True, help="Write over files that were edited by hand.")
@click.option("--json", "as_json", is_flag=True, help="Print changes and problems as JSON.")
@click.option("--language", type=click.Choice(["ko", "en"]), default="ko", show_default=True)
def author_command(
    source: Path,
    into: Path | None,
    project: Path | None,
    notebook: Path | None,
    language: str,
    *,
    dry_run: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Turn SOURCE, a notebook or a .py in percent format, into a project's starters, solution, questions and checks.

    The other ways round, SOURCE is a notebook that is written.
    """
    if [into, project, notebook].count(None) != 2:  # noqa: PLR2004  # one way of three
        raise click.UsageError("give one of --into, --from-project and --from-notebook")
    if into is None and source.suffix != ".ipynb":
        raise click.UsageError("the name of a new source ends in .ipynb")
    if into is not None and not source.is_file():
        raise click.UsageError(f"no such file: {source}")
    with translation.override(language):
        try:
            report = run(source, into, project, notebook, force=force, dry_run=dry_run)
        except OSError as error:
            raise click.ClickException(str(error)) from error
        if as_json:
            click.echo(json.dumps(as_data(report, language), ensure_ascii=False))
        else:
            print_report(report, language, dry_run=dry_run)
    sys.exit(0 if report.ok else 1)
