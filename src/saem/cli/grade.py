"""`saem grade PROJECT_DIR SUBMISSION`: one verdict, no server, no database."""

import json
import sys
from pathlib import Path

import click
from django.conf import settings
from django.utils import translation

from saem.apps.catalog.checking import build_assignment, problem_text
from saem.cli.own_sandbox import own_sandbox
from saem.lib.grading import Submission, Verdict, grade, kind_of
from saem.web.messages import message


@click.command("grade")
@click.argument("project", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("submission", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.option("--language", type=click.Choice(["ko", "en"]), default="ko", show_default=True)
def grade_command(project: Path, submission: Path, language: str, *, as_json: bool) -> None:
    """Grade SUBMISSION (.csv, .ipynb, .py or .zip, as the project asks) for the project in folder PROJECT."""
    with own_sandbox() as sandbox:
        built = build_assignment(
            project,
            sandbox=sandbox,
            cache=settings.HOME / "cache",
            mirrors=settings.DATA_MIRRORS,
            download=settings.DATA_DOWNLOAD,
        )
        if built.assignment is None:
            for problem in built.problems:
                click.echo(f"{problem.file}:{problem.line}: {problem_text(problem, language)}", err=True)
            sys.exit(2)
        data = submission.read_bytes()
        kind = kind_of(submission.name, data, built.assignment.spec.parts)
        verdict = grade(built.assignment, Submission(kind, submission.name, data), sandbox=sandbox)
    click.echo(json.dumps(verdict.as_json(), ensure_ascii=False) if as_json else in_words(verdict, language))
    sys.exit(0 if verdict.status == "scored" and verdict.score == verdict.max_score else 1)


def in_words(verdict: Verdict, language: str) -> str:
    """A few lines for a terminal."""
    lines = [f"{verdict.status}: {verdict.score:g}/{verdict.max_score:g}  (isolation {verdict.isolation})"]
    lines += [f"  {name} = {value:.4f}" for name, value in verdict.metrics.items()]
    with translation.override(language):
        for check in verdict.checks:
            sign = "✓" if check.status == "passed" else "✗"
            lines.append(f"  {sign} {check.title[language]}  {check.earned:g}/{check.points:g}")
            lines += [f"      {message(reason.code, **reason.params)}" for reason in check.reasons]
        lines += [f"  ! {message(reason.code, **reason.params)}" for reason in (*verdict.reasons, *verdict.notes)]
    return "\n".join(lines)
